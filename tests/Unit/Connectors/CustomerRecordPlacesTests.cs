using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Systems.Capsule;
using Pipeline.Connectors.Systems.Freshdesk;
using Pipeline.Connectors.Systems.Freshsales;
using Pipeline.Connectors.Systems.Intercom;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Connectors;

/// <summary>The best and the acceptable place of the account_id in the systems that keep companies and their people.</summary>
public sealed class CustomerRecordPlacesTests
{
    private const string Organisation = """
        {"id":1,"type":"organisation","updatedAt":"2026-03-02T10:00:00Z","websites":[{"service":"TWITTER","address":"north"},{"service":"URL","address":"northwind.example"}],
        "fields":[{"value":"other","definition":{"id":4410,"name":"Tier"}},{"value":"best","definition":{"id":4411,"name":"Account ID"}}]}
        """;

    private const string Company = """{"id":1,"updated_at":"2026-03-02T10:00:00Z","custom_fields":{"account_id":"best","crm":12,"ratio":7.5}}""";
    private const string Scrolled = """{"id":"i","company_id":"best","updated_at":1772445600,"custom_attributes":{"crm id":"0012"}}""";
    private const string SalesAccount = """{"id":9007199254740993,"updated_at":"2026-03-02T10:00:00Z","custom_field":{"cf_account_id":"0012"}}""";
    private const string SalesContact = """{"id":2,"updated_at":"2026-03-02T10:00:00Z","sales_account_id":9007199254740993,"email":"a@b.example","custom_field":{}}""";
    private const string Contact = """{"id":"c","updated_at":1772445600,"email":"a@b.example","companies":{"data":[{"id":"i"}]},"custom_attributes":{"Account ID":7.5}}""";

    public static TheoryData<IConnector, string, string, string?> Places => new()
    {
        { new CapsuleConnector(), "", Organisation, "northwind.example" },
        { new CapsuleConnector(), "AccountIdField=Account ID", Organisation, "best" },
        { new CapsuleConnector(), "AccountIdField=4411", Organisation, "best" },
        { new CapsuleConnector(), "AccountIdField=No Such Field", Organisation, null },
        { new FreshdeskConnector(), "", Company, "best" },
        { new FreshdeskConnector(), "AccountIdField=crm", Company, "12" },
        { new FreshdeskConnector(), "AccountIdField=ratio", Company, null },
        { new IntercomConnector(), "", Scrolled, "best" },
        { new IntercomConnector(), "AccountIdField=crm id", Scrolled, "0012" },
        { new FreshsalesConnector(), "", SalesAccount, "9007199254740993" },
        { new FreshsalesConnector(), "AccountIdField=cf_account_id", SalesAccount, "0012" },
    };

    [Theory, MemberData(nameof(Places))]
    public void The_account_id_is_read_where_the_settings_say(IConnector connector, string settings, string record, string? accountId) =>
        Assert.Equal(accountId, Assert.IsType<Mapped.Account>(Map(connector, 0, settings, record)).Message.AccountId.Value?.Text);

    [Fact]
    public void A_contact_of_freshsales_may_state_the_id_of_its_account_as_the_account_id()
    {
        var contact = Child(new FreshsalesConnector(), "ContactAccountIdField=sales_account_id", SalesContact);
        Assert.Equal("9007199254740993", contact.AccountId.Value?.Text);
        Assert.Empty(contact.Claims);
    }

    [Fact]
    public void A_contact_of_freshsales_claims_its_account_and_then_its_email() => Assert.Equal(
        [new Claim(ClaimKind.Parent, "9007199254740993", "freshsales"), new Claim(ClaimKind.Email, "a@b.example")], Child(new FreshsalesConnector(), "", SalesContact).Claims);

    [Fact]
    public void An_account_id_of_an_intercom_contact_that_is_no_text_is_stated_as_it_is_written()
    {
        var contact = Child(new IntercomConnector(), "ContactAccountIdField=Account ID", Contact);
        Assert.Equal("7.5", contact.AccountId.ToString());
        Assert.Equal(("i", "a@b.example"), (contact.ParentId, contact.Email));
    }

    private static ChildObjectReceived Child(IConnector connector, string settings, string record) => Assert.IsType<Mapped.Child>(Map(connector, 1, settings, record)).Message;

    private static Mapped Map(IConnector connector, int feed, string settings, string record)
    {
        var given = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create($"s:{pair[0]}", (string?)pair[1]));
        var read = new SystemSettings(new ConfigurationBuilder().AddInMemoryCollection(given).Build().GetSection("s"));
        return connector.Describe(read).Feeds[feed].Map(JsonSerializer.Deserialize<JsonElement>(record));
    }
}
