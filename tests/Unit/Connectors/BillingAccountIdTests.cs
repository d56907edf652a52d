using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Systems.Chargebee;
using Pipeline.Connectors.Systems.Chargify;
using Pipeline.Connectors.Systems.Recurly;
using Pipeline.Connectors.Systems.Stripe;

namespace Pipeline.Unit.Tests.Connectors;

/// <summary>The best and the acceptable place of the account_id in the systems that bill customers.</summary>
public sealed class BillingAccountIdTests
{
    private const string Recurly = """{"id":"r","code":"best","email":"a@b.example","updated_at":"2026-03-02T10:00:00Z"}""";
    private const string Chargebee = """{"customer":{"id":"native","cf_account_id":"best","cf_other":7.5,"meta_data":{"crm":12},"updated_at":1772445600}}""";
    private const string Stripe = """{"id":"cus","object":"customer","email":"a@b.example","metadata":{"account_id":"best","crm":"0012"},"created":1772445600}""";
    private const string Chargify = """{"customer":{"id":1,"reference":"best","email":"a@b.example","updated_at":"2026-03-02T05:00:00-05:00"}}""";

    public static TheoryData<IConnector, string, string, string?> Places => new()
    {
        { new RecurlyConnector(), "", Recurly, "best" },
        { new RecurlyConnector(), "AccountIdField=email", Recurly, "a@b.example" },
        { new ChargebeeConnector(), "", Chargebee, "best" },
        { new ChargebeeConnector(), "AccountIdField=id", Chargebee, "native" },
        { new ChargebeeConnector(), "AccountIdIn=meta_data AccountIdField=crm", Chargebee, "12" },
        { new ChargebeeConnector(), "AccountIdField=cf_other", Chargebee, null },
        { new ChargebeeConnector(), "AccountIdIn=no_such_place", Chargebee, null },
        { new StripeConnector(), "", Stripe, "best" },
        { new StripeConnector(), "AccountIdField=crm", Stripe, "0012" },
        { new StripeConnector(), "AccountIdIn=customer AccountIdField=email", Stripe, "a@b.example" },
        { new ChargifyConnector(), "", Chargify, "best" },
        { new ChargifyConnector(), "AccountIdField=email", Chargify, "a@b.example" },
    };

    [Theory, MemberData(nameof(Places))]
    public void The_account_id_is_read_where_the_settings_say(IConnector connector, string settings, string record, string? accountId)
    {
        var mapped = Assert.IsType<Mapped.Account>(Feeds(connector, settings)[0].Map(JsonSerializer.Deserialize<JsonElement>(record)));
        Assert.Equal(accountId, mapped.Message.AccountId.Value?.Text);
    }

    [Fact]
    public void A_record_of_chargify_that_changed_after_the_start_of_the_pass_does_not_take_the_cursor_along()
    {
        var start = DateTimeOffset.Parse("2026-03-02T09:00:00Z");
        var body = JsonSerializer.Deserialize<JsonElement>($"[{Chargify}]");
        var page = Feeds(new ChargifyConnector(), "")[0].Read(new Answer(body, new VendorRequest("/customers.json?page=1"), new Pass(null, TimeSpan.Zero, null, start), new Dictionary<string, string>()));
        Assert.Equal(start, DateTimeOffset.Parse(page.Cursor!));
    }

    [Fact]
    public void An_event_of_stripe_about_another_kind_of_object_is_unmappable()
    {
        var record = JsonSerializer.Deserialize<JsonElement>("""{"id":"evt","object":"event","created":1772445600,"type":"plan.created","data":{"object":{"id":"p","object":"plan"}}}""");
        Assert.Equal("The field object is not customer.", Assert.IsType<Mapped.Unmappable>(Feeds(new StripeConnector(), "")[0].Map(record)).Detail);
    }

    private static IReadOnlyList<Feed> Feeds(IConnector connector, string settings)
    {
        var given = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create($"s:{pair[0]}", (string?)pair[1]));
        var read = new SystemSettings(new ConfigurationBuilder().AddInMemoryCollection([.. given, new("s:ApiKey", "k")]).Build().GetSection("s"));
        var feeds = connector.Describe(read).Feeds;
        Assert.Empty(read.Mistakes);
        return feeds;
    }
}
