using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>What belongs to the accounts of the CRM, as it is served.</summary>
public sealed class SalesforceChildTests
{
    private readonly HandClock _clock = new();

    [Theory]
    [InlineData("Contact", "contact", "Email", 200)]
    [InlineData("Opportunity", "opportunity", null, 150)]
    [InlineData("Case", "case", "SuppliedEmail", 100)]
    public async Task Where_the_children_end_follows_from_the_rows_that_are_served(string entity, string type, string? email, int count)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        var rows = await AllRows(simulator, entity, email);
        var accounts = await AllAccounts(simulator);
        var expected = await simulator.GetJson("/_simulator/expected");
        var states = expected.GetProperty("accounts").GetProperty("by_id");
        var sum = expected.GetProperty("sources").GetProperty("salesforce").GetProperty(type);

        var places = rows.Select(row => Place(row, email, accounts, states)).ToArray();
        Assert.Equal(count, rows.Count);
        Assert.Equal(count, sum.GetProperty("objects").GetInt32());
        foreach (var place in (string[])["accepted", "parked"])
        {
            Assert.NotEqual(0, places.Count(of => of == place));
            Assert.Equal(places.Count(of => of == place), sum.GetProperty(place).GetInt32());
        }

        Assert.Equal(places.Count(of => of == "dead"), sum.GetProperty("dead_lettered").GetProperty("account_id_missing").GetInt32());
        Assert.Equal(rows.Count(row => row.GetProperty("IsDeleted").GetBoolean()), sum.GetProperty("deleted").GetInt32());
    }

    [Fact]
    public async Task Accounts_of_every_kind_of_end_have_contacts()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        var owners = (await AllRows(simulator, "Contact", null)).Select(row => row.Value("AccountId")).ToHashSet();
        var accounts = await AllAccounts(simulator);
        var byId = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts").GetProperty("by_id");
        var ends = accounts.Where(account => owners.Contains(account.Key)).Select(account => StateOf(account.Value, byId)).Distinct();
        Assert.Equal(["admitted", "contested", "none", "refused", "waiting"], ends.Order(StringComparer.Ordinal));
        Assert.All(byId.EnumerateObject().SelectMany(account => account.Value.GetProperty("contested_by").EnumerateArray()), second => Assert.Contains(second.GetString(), owners));
    }

    [Fact]
    public async Task A_flow_names_the_children_that_appear_by_their_object()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        await simulator.SalesforceRows(Soql("Case", null), "queryAll");
        Assert.Empty(simulator.Written("salesforce", _clock));
        _clock.Pass(3);
        var told = simulator.Written("salesforce", _clock);
        Assert.Equal(3, told.Count);
        Assert.All(told, one => Assert.Equal(("case", "500"), (one.Object, one.Id![..3])));
    }

    private async Task<List<JsonElement>> AllRows(RunningSimulator simulator, string entity, string? email)
    {
        await simulator.SalesforceRows(Soql(entity, email), "queryAll");
        _clock.Pass(100);
        return await simulator.SalesforceRows(Soql(entity, email), "queryAll");
    }

    private async Task<Dictionary<string, JsonElement>> AllAccounts(RunningSimulator simulator)
    {
        await simulator.SalesforceRows();
        await simulator.ZendeskRows("tickets");
        _clock.Pass(100);
        return (await simulator.SalesforceRows()).ToDictionary(row => row.Value("Id")!, row => row.GetProperty("Account_ID__c"));
    }

    private static string Soql(string entity, string? email) =>
        $"SELECT Id, AccountId, IsDeleted, SystemModstamp{(email is null ? "" : $", {email}")} FROM {entity} ORDER BY SystemModstamp, Id";

    private static string Place(JsonElement row, string? email, Dictionary<string, JsonElement> accounts, JsonElement states)
    {
        if (row.Value("AccountId") is not { } owner) return email is not null && row.Value(email) is not null ? "parked" : "dead";
        return StateOf(accounts[owner], states) is "admitted" or "contested" ? "accepted" : "parked";
    }

    private static string StateOf(JsonElement accountId, JsonElement states) =>
        accountId.ValueKind == JsonValueKind.Null || !states.TryGetProperty(accountId.ToString(), out var line) ? "none" : line.GetProperty("state").GetString()!;
}
