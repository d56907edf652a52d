using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>The connectors die between a vendor and the broker: nothing that the vendor has is missed, and what comes twice comes under one id.</summary>
public sealed class ConnectorCrashTests
{
    private const string Secret = "whsec_crash";

    [Fact]
    public async Task The_connectors_die_around_the_publishing_of_a_page_and_every_record_of_the_vendor_arrives()
    {
        await using var world = await World.New();
        var heard = await world.Outsider.Listen(Exchanges.ChildObjectReceived);
        await using var simulator = await ServiceProcess.Start("VendorSimulator", world, ("Simulator__Chargebee__RefuseEvery", "0"));
        var settings = new[] { ("Connectors__chargebee__BaseUrl", $"{simulator.Address}chargebee"), ("Connectors__chargebee__ApiKey", "simulator-key"), ("Connectors__chargebee__PageSize", "40"), ("Connectors__chargebee__PollInterval", "00:00:01"), ("Connectors__chargebee__Lag", "00:00:02") };
        await using var connectors = await ServiceProcess.Start("Connectors", world, [.. settings, ("PIPELINE_CRASH_AT", "before-publishing page:2")]);
        await connectors.Died("before-publishing page");
        foreach (var point in (string[])["after-publishing page:1", "before-publishing page:3", "after-publishing page:2"])
        {
            connectors.Restart(("PIPELINE_CRASH_AT", point));
            await connectors.Died(point);
        }

        connectors.Restart(("PIPELINE_CRASH_AT", ""));
        var wanted = await Shown(simulator);
        Assert.True(wanted.Count > 200);

        var seen = new List<(string Id, string Body)>();
        await Eventually("every record has arrived", async () =>
        {
            seen.AddRange((await world.Outsider.Take(heard)).Select(letter => (letter.Properties.MessageId!, Encoding.UTF8.GetString(letter.Body))));
            return wanted.Except(seen.Select(message => Named(message.Body))).ToList();
        }, missing => missing.Count == 0, TimeSpan.FromSeconds(60));
        // The same id is the same message: a page that was read again is not another one.
        Assert.All(seen.GroupBy(message => message.Id), same => Assert.Single(same.Select(message => message.Body).Distinct()));
    }

    [Theory]
    [InlineData("before-publishing delivery")]
    [InlineData("after-publishing delivery")]
    public async Task The_connectors_die_around_the_publishing_of_a_webhook_s_delivery_and_it_is_published_all_the_same(string point)
    {
        await using var world = await World.New();
        var heard = await world.Outsider.Listen(Exchanges.AccountDiscovered);
        var settings = new[] { ("Connectors__stripe__BaseUrl", "http://127.0.0.1:1"), ("Connectors__stripe__ApiKey", "unused"), ("Connectors__stripe__WebhookSecret", Secret) };
        await using var connectors = await ServiceProcess.Start("Connectors", world, [.. settings, ("PIPELINE_CRASH_AT", point)]);
        using var client = new HttpClient { BaseAddress = connectors.Address };
        await Send(client, """{"id":"evt_1","object":"event","created":1772452740,"type":"customer.updated","data":{"object":{"id":"cus_1","object":"customer","created":1770888600,"metadata":{"account_id":"A-1"}}}}""");
        await connectors.Died(point);

        await using (var due = world.Database.CreateCommand("update connectors.deliveries set due_at = now()")) Assert.Equal(1, await due.ExecuteNonQueryAsync()); // it was kept; and not for two minutes to be waited here
        connectors.Restart(("PIPELINE_CRASH_AT", ""));
        await Eventually("the delivery has ended", async () =>
        {
            await using var command = world.Database.CreateCommand("select count(*) from connectors.deliveries where outcome = 'read'");
            return (long)(await command.ExecuteScalarAsync())!;
        }, count => count == 1, TimeSpan.FromSeconds(30));
        var messages = await world.Outsider.Take(heard);
        Assert.InRange(messages.Count, 1, 2);
        Assert.Single(messages.Select(message => (message.Properties.MessageId, Convert.ToHexString(message.Body))).Distinct());
    }

    /// <summary>What the vendor's lists show, to one who reads them for himself.</summary>
    private static async Task<List<string>> Shown(ServiceProcess simulator)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("simulator-key:"u8));
        var shown = new List<string>();
        foreach (var kind in (string[])["subscription", "invoice", "transaction"])
        {
            for (var offset = ""; offset is not null;)
            {
                using var page = JsonDocument.Parse(await client.GetStringAsync(new Uri(simulator.Address, $"/chargebee/api/v2/{kind}s?limit=100{offset}")));
                shown.AddRange(page.RootElement.GetProperty("list").EnumerateArray().Select(row => $"{kind} {row.GetProperty(kind).GetProperty("id").GetString()}"));
                offset = page.RootElement.TryGetProperty("next_offset", out var next) ? $"&offset={Uri.EscapeDataString(next.GetString()!)}" : null;
            }
        }

        return shown;
    }

    private static string Named(string body)
    {
        using var message = JsonDocument.Parse(body);
        return $"{message.RootElement.GetProperty("object_type").GetString()} {message.RootElement.GetProperty("native_id").GetString()}";
    }

    private static async Task Send(HttpClient client, string body)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("Stripe-Signature", $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{at}.{body}")))}");
        try
        {
            using var response = await client.PostAsync(new Uri("/webhooks/stripe", UriKind.Relative), content);
        }
        catch (HttpRequestException)
        {
            // It died before it could answer, or while it did.
        }
    }
}
