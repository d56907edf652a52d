using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>Decides every account and child anew, from the rows as they are served and with rules of its own, and compares.</summary>
public sealed class ExpectedEndTests
{
    [Fact]
    public async Task The_expected_end_follows_from_the_rows_that_are_served()
    {
        var clock = new HandClock();
        await using var simulator = await RunningSimulator.Start(clock);
        await simulator.SalesforceRows();
        await simulator.ZuoraRows();
        var tickets = await simulator.ZendeskRows("tickets");
        var users = await simulator.ZendeskRows("users");
        clock.Pass(100);
        var records = await simulator.SalesforceRows();
        var zuora = await simulator.ZuoraRows();
        var organizations = await simulator.ZendeskOrganizations();
        var expected = await simulator.GetJson("/_simulator/expected");

        var states = records.Where(record => StatedAccountId.Of(record.GetProperty("Account_ID__c")).Value is not null)
            .GroupBy(record => StatedAccountId.Of(record.GetProperty("Account_ID__c")).Value!.Value.Text)
            .ToDictionary(same => same.Key, same => State([.. same], zuora));
        Assert.Equal(states.OrderBy(state => state.Key), expected.GetProperty("accounts").GetProperty("by_id").EnumerateObject()
            .ToDictionary(account => account.Name, account => $"{account.Value.GetProperty("state")} {account.Value.GetProperty("reason")}".Trim()).OrderBy(state => state.Key));
        Assert.Equal(4, records.Count(record => StatedAccountId.Of(record.GetProperty("Account_ID__c")).Refusal is not null));

        var accountIdOf = organizations.DistinctBy(Id).ToDictionary(Id, row => row.GetProperty("external_id").GetString());
        AssertSum(expected.GetProperty("sources").GetProperty("zendesk").GetProperty("ticket"), tickets, accountIdOf, states);
        AssertSum(expected.GetProperty("sources").GetProperty("zendesk").GetProperty("user"), users, accountIdOf, states);
    }

    [Fact]
    public async Task Every_reason_is_one_of_the_closed_list()
    {
        await using var simulator = await RunningSimulator.Start();
        var accounts = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts");
        string[] sums = ["refused_by_reason", "dead_lettered"];
        Assert.All(sums.SelectMany(sum => accounts.GetProperty(sum).EnumerateObject()), reason => Assert.NotNull(Reason.Find(reason.Name)));
    }

    [Fact]
    public async Task Of_two_records_with_one_account_id_the_one_that_joined_first_stays()
    {
        await using var simulator = await RunningSimulator.Start();
        var records = await simulator.SalesforceRows();
        var byId = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts").GetProperty("by_id");
        foreach (var same in records.GroupBy(record => record.GetProperty("Account_ID__c").ToString()).Where(same => same.Key.Length > 0 && same.Count() > 1))
        {
            var first = same.MinBy(record => record.GetProperty("Customer_Since__c").GetString());
            Assert.Equal(Text(first, "Id"), Text(byId.GetProperty(same.Key), "native_id"));
            Assert.Equal(1, byId.GetProperty(same.Key).GetProperty("contested_by").GetArrayLength());
        }
    }

    [Fact]
    public async Task Every_outcome_is_shown_by_children()
    {
        await using var simulator = await RunningSimulator.Start();
        var tickets = await simulator.GetJson("/_simulator/expected/children?source=zendesk&object_type=ticket");
        Assert.Equal(["accepted", "dead_lettered", "parked"], tickets.EnumerateArray().Select(child => child.GetProperty("place").GetString()).Distinct().Order());
        Assert.Equal(25, tickets.EnumerateArray().Count(child => child.GetProperty("deleted").GetBoolean()));
    }

    [Fact]
    public async Task Progress_counts_what_was_served()
    {
        await using var simulator = await RunningSimulator.Start();
        await simulator.GetJson("/zendesk/api/v2/incremental/users/cursor.json?start_time=0", RunningSimulator.ZendeskToken());
        await simulator.GetJson("/zendesk/api/v2/incremental/users/cursor.json?start_time=0", RunningSimulator.ZendeskToken());
        var rows = (await simulator.GetJson("/_simulator/progress")).GetProperty("systems").GetProperty("zendesk").EnumerateArray();
        var users = rows.Single(row => row.GetProperty("rows").GetString() == "users");
        Assert.Equal((1500, 200), (users.GetProperty("total").GetInt32(), users.GetProperty("served").GetInt32()));
    }

    private static string State(IReadOnlyList<JsonElement> records, IReadOnlyList<JsonElement> zuora)
    {
        if (records.Count > 1) return "contested";
        var record = records[0];
        if (string.IsNullOrEmpty(Text(record, "Name"))) return "refused name_missing";
        if (Text(record, "Customer_Since__c") is null) return "refused join_date_missing";
        if (Text(record, "Type") != "Customer") return "refused filter_failed";
        var linked = zuora.Where(row => Text(row, "crmId") == Text(record, "Id") || Text(row, "id") == Text(record, "Zuora_Account_Id__c")).ToArray();
        if (linked.Length == 0) return "waiting zuora";
        return Text(linked.Single(), "status") == "Active" ? "admitted" : "refused path_filter_failed";
    }

    private static void AssertSum(JsonElement expected, List<JsonElement> children, Dictionary<long, string?> accountIdOf, Dictionary<string, string> states)
    {
        var without = children.Count(child => child.GetProperty("organization_id").ValueKind == JsonValueKind.Null);
        var accepted = children.Count(child => child.GetProperty("organization_id") is { ValueKind: JsonValueKind.Number } organization
            && accountIdOf[organization.GetInt64()] is { } accountId && states.GetValueOrDefault(accountId) is "admitted" or "contested");
        Assert.Equal(children.Count, expected.GetProperty("objects").GetInt32());
        Assert.Equal(accepted, expected.GetProperty("accepted").GetInt32());
        Assert.Equal(without, expected.GetProperty("dead_lettered").GetProperty("account_id_missing").GetInt32());
        Assert.Equal(children.Count - accepted - without, expected.GetProperty("parked").GetInt32());
    }

    private static long Id(JsonElement row) => row.GetProperty("id").GetInt64();

    private static string? Text(JsonElement row, string field) => row.TryGetProperty(field, out var value) ? value.GetString() : null;
}
