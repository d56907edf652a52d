using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Systems.Salesforce;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class ZuoraTests
{
    private readonly HandClock _clock = new();

    [Theory]
    [InlineData("subscription", 200)]
    [InlineData("invoice", 150)]
    public async Task The_expected_end_of_children_follows_from_the_rows_that_are_served(string kind, int count)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        await simulator.ZuoraRows(objects: $"{kind}s");
        _clock.Pass(100);
        var expected = await simulator.GetJson($"/_simulator/expected/children?source=zuora&object_type={kind}");
        var states = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts").GetProperty("by_id");
        var records = SalesforceByBothIds();
        var rows = await simulator.ZuoraRows(objects: $"{kind}s");

        Assert.Equal(count, rows.Count);
        Assert.Equal(rows.Select(End).Order(), expected.EnumerateArray().Select(child => $"{Text(child, "native_id")} {Text(child, "place")}").Order());
        Assert.Contains(rows, row => Text(row.GetProperty("account"), "crmId") is null && End(row).EndsWith("accepted", StringComparison.Ordinal));
        Assert.Contains(rows, row => Text(row.GetProperty("account"), "crmId") is { Length: 15 });

        string End(JsonElement row)
        {
            var owner = Text(row.GetProperty("account"), "crmId") ?? Text(row, "accountId")!;
            var account = records.GetValueOrDefault(owner);
            return $"{Text(row, "id")} {(account is not null && Text(states.GetProperty(account), "state") is "admitted" or "contested" ? "accepted" : "parked")}";
        }

        static Dictionary<string, string> SalesforceByBothIds()
        {
            var found = new Dictionary<string, string>();
            foreach (var record in SalesforceData.Of(World, 0).Select(record => record.Fields))
                if (StatedAccountId.Of(record["Account_ID__c"]).Value is { } account)
                    foreach (var field in new[] { "Id", "Zuora_Account_Id__c" })
                        if (record[field].GetString() is { } id) found[id] = account.Text;
            return found;
        }
    }

    [Theory]
    [InlineData("subscriptions")]
    [InlineData("invoices")]
    public async Task Equal_stamps_cross_the_end_of_a_page_and_some_rows_change_late(string objects)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        var early = await simulator.ZuoraRows(objects: objects);
        Assert.Equal(Text(early[98], "updatedDate"), Text(early[99], "updatedDate"));
        _clock.Pass(100);
        var late = await simulator.ZuoraRows(objects: objects);
        var seen = early.Select(row => row.GetRawText()).ToHashSet();
        Assert.Equal((early.Count + 1, 6), (late.Count, late.Count(row => !seen.Contains(row.GetRawText()))));
    }

    [Fact]
    public async Task An_account_is_inside_only_where_it_is_asked_for()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        var page = await simulator.GetJson("/zuora/object-query/invoices", await simulator.ZuoraToken());
        Assert.All(page.GetProperty("data").EnumerateArray(), row => Assert.False(row.TryGetProperty("account", out _)));
    }

    private static AccountWorld World { get; } = AccountWorld.Of(new SimulatorSettings().Seed);

    private static string? Text(JsonElement row, string field) => row.GetProperty(field).GetString();
}
