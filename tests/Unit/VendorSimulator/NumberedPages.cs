using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>Reads the lists that are paged by number, and knows where children end by the rows that were read.</summary>
public static class NumberedPages
{
    /// <summary>All rows behind this address, by the Link header; where one page has more rows than it was asked for, the test fails.</summary>
    public static async Task<List<JsonElement>> Linked(this RunningSimulator simulator, string path, AuthenticationHeaderValue authorization, string? list = null)
    {
        var rows = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            using var response = await simulator.Get(next, authorization);
            Assert.Equal(200, (int)response.StatusCode);
            var body = await RunningSimulator.Json(response);
            rows.AddRange((list is null ? body : body.GetProperty(list)).EnumerateArray());
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single()[1..links.Single().IndexOf('>', StringComparison.Ordinal)] : null;
        }

        return rows;
    }

    /// <summary>All rows of a list of Capsule, with what comes only after the first reading.</summary>
    public static async Task<List<JsonElement>> CapsuleList(this RunningSimulator simulator, HandClock clock, string list)
    {
        var path = $"/capsule/api/v2/{list}?perPage=100&embed=fields,organisation,party";
        var token = new AuthenticationHeaderValue("Bearer", "simulator-token");
        await simulator.Linked(path, token, list);
        clock.Pass(5);
        return await simulator.Linked(path, token, list);
    }

    /// <summary>The account_id behind each address that is written at an account; every system has the same ones.</summary>
    public static async Task<Dictionary<string, string?>> EmailsOfAccounts(this RunningSimulator simulator, HandClock clock) =>
        (await simulator.CapsuleList(clock, "parties")).Where(row => row.Text("type") == "organisation").ToDictionary(row => CapsuleTests.Email(row)!, CapsuleTests.AccountId);

    public static string Id(this JsonElement row) => row.GetProperty("id").GetRawText();

    /// <summary>The text of a field, or of one within it; null where there is none.</summary>
    public static string? Text(this JsonElement row, params string[] path)
    {
        foreach (var field in path)
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(field, out row)) return null;
        return row.ValueKind == JsonValueKind.Null ? null : row.ToString();
    }

    /// <summary>Decides each child anew: by the account_id that its parent was served with, and by the states of the accounts.</summary>
    /// <param name="accountIdOf">A child's account_id; null where nothing leads to one.</param>
    /// <param name="saysNothing">Whether a child says nothing of its owner.</param>
    public static async Task AssertTruth(
        this RunningSimulator simulator, string source, string type, IEnumerable<JsonElement> children, Func<JsonElement, string?> accountIdOf, Func<JsonElement, bool> saysNothing)
    {
        var byId = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts").GetProperty("by_id").EnumerateObject()
            .ToDictionary(account => account.Name, account => account.Value.GetProperty("state").GetString());
        var truth = (await simulator.GetJson($"/_simulator/expected/children?source={source}&object_type={type}")).EnumerateArray()
            .ToDictionary(child => child.GetProperty("native_id").GetString()!, child => child.GetProperty("place").GetString());
        var found = children.ToDictionary(Id, child => saysNothing(child) ? "dead_lettered"
            : accountIdOf(child) is { } accountId && byId.GetValueOrDefault(accountId) is "admitted" or "contested" ? "accepted" : "parked");
        Assert.Equal(found.OrderBy(child => child.Key), truth.OrderBy(child => child.Key)!);
        Assert.Equal(["accepted", "dead_lettered", "parked"], truth.Values.Distinct().Order());
    }
}
