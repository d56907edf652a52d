using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Systems.Chargebee;
using Pipeline.VendorSimulator.Systems.Chargify;
using Pipeline.VendorSimulator.Systems.Recurly;
using Pipeline.VendorSimulator.Systems.Stripe;
using static Pipeline.Unit.Tests.VendorSimulator.Billing.BillingReading;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

/// <summary>What the billing systems tell by themselves: everything that comes about once they have been read, and with the vendor's proof.</summary>
public sealed class BillingWebhookTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public async Task Recurly_signs_the_millisecond_and_the_body_and_names_an_object_that_can_be_asked_for()
    {
        var key = Basic("simulator-key");
        const string version = "application/vnd.recurly.v2021-02-25";
        await using var simulator = await RunningSimulator.Of("recurly", _clock, "--Simulator:Recurly:RefuseEvery=0");
        var calls = await Told<RecurlyVendor>(simulator, async () =>
        {
            foreach (var kind in (string[])["accounts", "subscriptions", "invoices", "transactions"])
                Assert.Equal(200, await simulator.Status($"/recurly/{kind}?sort=updated_at&order=asc&begin_time=2099-01-01T00:00:00Z", key, version));
        });

        var (seen, paths) = (_clock.GetUtcNow().ToUnixTimeMilliseconds(), new Dictionary<string, string> { ["account"] = "accounts", ["subscription"] = "subscriptions", ["charge_invoice"] = "invoices", ["payment"] = "transactions" });
        Assert.Equal(calls.Length, calls.Select(call => call.Headers["recurly-notification-id"]).Distinct().Count());
        Assert.All(calls, call => Assert.Equal($"{seen},{Hmac("simulator-webhook-key", $"{seen}.", call.Body)}", call.Headers["recurly-signature"]));
        foreach (var told in calls.Select(Json).DistinctBy(told => told.Text("object_type")))
        {
            var id = told.Text("account_code") is { } code ? $"code-{code}" : told.Text("uuid") is { } uuid ? $"uuid-{uuid}" : $"number-{told.Text("invoice_number")}";
            using var response = await simulator.Ask($"/recurly/{paths[told.Text("object_type")!]}/{Uri.EscapeDataString(id)}", key, version);
            Assert.Equal(told.Text("id"), (await RunningSimulator.Json(response)).Text("id"));
        }
    }

    [Fact]
    public async Task Chargebee_tells_whole_objects_behind_basic_authentication_and_says_which_were_deleted()
    {
        await using var simulator = await RunningSimulator.Of("chargebee", _clock, "--Simulator:Chargebee:RefuseEvery=0");
        var calls = await Told<ChargebeeVendor>(simulator, async () =>
        {
            foreach (var kind in (string[])["customers", "subscriptions", "invoices", "transactions"])
                Assert.Equal(200, await simulator.Status($"/chargebee/api/v2/{kind}?updated_at[after]=4070908800", Basic("simulator-key")));
        });

        Assert.All(calls, call => Assert.Equal(Basic("chargebee", "simulator-webhook-password").ToString(), call.Headers["Authorization"]));
        var events = calls.Select(Json).ToArray();
        Assert.Equal(events.Length, events.Select(told => told.Text("id")).Distinct().Count());
        Assert.All(events.Where(told => told.Text("event_type")!.EndsWith("_deleted", StringComparison.Ordinal)), told => Assert.True(Whole(told).GetProperty("deleted").GetBoolean()));
        Assert.Equal(5, events.Count(told => Whole(told).GetProperty("deleted").GetBoolean()));

        static JsonElement Whole(JsonElement told) => told.GetProperty("content").GetProperty(told.Text("event_type")!.Split('_')[0]);
    }

    [Fact]
    public async Task Chargify_signs_the_form_and_names_records_that_can_be_asked_for()
    {
        var key = Basic("simulator-key", "x");
        await using var simulator = await RunningSimulator.Of("chargify", _clock, "--Simulator:Chargify:RefuseEvery=0");
        var calls = await Told<ChargifyVendor>(simulator, async () =>
        {
            foreach (var kind in (string[])["customers", "subscriptions", "invoices"]) Assert.Equal(200, await simulator.Status($"/chargify/{kind}.json?page=99&per_page=200", key));
        });

        Assert.All(calls, call => Assert.Equal(Hmac("simulator-shared-key", "", call.Body), call.Headers["X-Chargify-Webhook-Signature-Hmac-Sha-256"]));
        var forms = calls.Select(call => HttpUtility.ParseQueryString(Encoding.UTF8.GetString(call.Body))).ToArray();
        Assert.Equal(forms.Length, forms.Select(form => form["id"]).Distinct().Count());
        var named = forms.Select(form => form["event"] switch
        {
            "customer_update" => $"customers/{form["payload[customer][id]"]}",
            "invoice_issued" => $"invoices/{form["payload[invoice][uid]"]}",
            "payment_success" => null,
            _ => $"subscriptions/{form["payload[subscription][id]"]}",
        }).OfType<string>().ToArray();
        Assert.True(named.Length > 20);
        foreach (var record in named) Assert.Equal(200, await simulator.Status($"/chargify/{record}.json", key));
        Assert.Equal(404, await simulator.Status("/chargify/customers/1.json", key));
    }

    [Fact]
    public async Task Stripe_signs_the_second_and_the_event_that_the_list_of_events_has_too()
    {
        AuthenticationHeaderValue key = new("Bearer", "sk_simulator_key");
        await using var simulator = await RunningSimulator.Of("stripe", _clock, "--Simulator:Stripe:RefuseEvery=0");
        var calls = await Told<StripeVendor>(simulator, async () =>
            Assert.Equal(200, await simulator.Status("/stripe/v1/events?types[]=customer.updated&types[]=customer.subscription.created&types[]=invoice.created&types[]=charge.succeeded", key)));

        var second = _clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.All(calls, call => Assert.Equal($"t={second},v1={Hmac("whsec_simulator_key", $"{second}.", call.Body)}", call.Headers["Stripe-Signature"]));
        var listed = await All(path => simulator.GetJson(path, key), "/stripe/v1/events?limit=100", "data", page => page.GetProperty("has_more").GetBoolean() ? $"/stripe/v1/events?limit=100&starting_after={page.GetProperty("data").EnumerateArray().Last().Text("id")}" : null);
        Assert.Equal(listed.Select(happened => happened.Text("id")).Order(StringComparer.Ordinal), calls.Select(call => Json(call).Text("id")).Order(StringComparer.Ordinal));
    }

    /// <summary>Nothing is told before the first reading, everything after it, and nothing twice.</summary>
    private async Task<WebhookCall[]> Told<T>(RunningSimulator simulator, Func<Task> read) where T : Vendor
    {
        var vendor = simulator.Vendor<T>();
        _clock.Pass(100);
        Assert.Empty(vendor.Told());
        await read();
        var left = vendor.Rows.Sum(row => row.Total - row.Visible);
        _clock.Pass(100);
        WebhookCall[] calls = [.. vendor.Told().Select(call => call(_clock.GetUtcNow()))];
        Assert.True(calls.Length >= left && left > 20);
        Assert.Empty(vendor.Told());
        return calls;
    }

    private static JsonElement Json(WebhookCall call) => JsonDocument.Parse(call.Body).RootElement;

    private static string Hmac(string key, string before, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes(before));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
