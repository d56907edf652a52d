using System.Net.Http.Headers;
using System.Text.Json;
using static Pipeline.Unit.Tests.VendorSimulator.Billing.BillingReading;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

public sealed class ChargebeeTests
{
    private static readonly AuthenticationHeaderValue Key = Basic("simulator-key");
    private static readonly string[] Kinds = ["customer", "subscription", "invoice", "transaction"];

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_request_needs_the_key_and_a_path_that_there_is()
    {
        await using var simulator = await Start();
        using var refused = await simulator.Ask("/chargebee/api/v2/customers", Basic("wrong"));
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal("api_authentication_failed", (await RunningSimulator.Json(refused)).Text("api_error_code"));
        Assert.Equal(404, await simulator.Status("/chargebee/api/v2/gifts", Key));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task Pages_hold_every_row_once_and_those_without_a_stamp_too(int limit)
    {
        await using var simulator = await Start();
        foreach (var kind in Kinds)
        {
            var rows = await Rows(simulator, kind, $"limit={limit}&include_deleted=true&sort_by[asc]=updated_at");
            Assert.Equal(rows.Count, rows.Select(row => row.Text("id")).Distinct().Count());
            var stamps = rows.Select(row => long.Parse(row.Text("updated_at") ?? "0")).ToArray();
            Assert.Equal(stamps.Order(), stamps);
            Assert.Equal(kind is "invoice" or "transaction" ? 4 : 0, stamps.Count(stamp => stamp == 0));
            if (limit < 100) Assert.Contains(Enumerable.Range(1, (rows.Count - 1) / limit), page => stamps[(page * limit) - 1] == stamps[page * limit]);
        }
    }

    [Fact]
    public async Task A_bound_leaves_out_its_own_second_and_rows_without_a_stamp_and_deleted_rows_are_shown_when_asked_for()
    {
        await using var simulator = await Start();
        var all = await Rows(simulator, "invoice", "limit=100&include_deleted=true");
        var middle = all.Select(row => row.Text("updated_at")).OfType<string>().Order().ElementAt(60);
        var later = await Rows(simulator, "invoice", $"limit=9&include_deleted=true&sort_by[asc]=updated_at&updated_at[after]={middle}");
        Assert.Equal(all.Count(row => string.CompareOrdinal(row.Text("updated_at"), middle) > 0), later.Count);
        Assert.Equal(2, all.Count - (await Rows(simulator, "invoice", "limit=100")).Count);
    }

    [Theory]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("sort_by[asc]=email", "sort_by[asc]")]
    [InlineData("offset=nonsense", "offset")]
    [InlineData("updated_at[after]=2025-01-01", "updated_at[after]")]
    public async Task A_parameter_that_cannot_be_used_is_refused_by_its_name(string parameter, string name)
    {
        await using var simulator = await Start();
        using var refused = await simulator.Ask($"/chargebee/api/v2/customers?{parameter}", Key);
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(name, (await RunningSimulator.Json(refused)).Text("param"));
    }

    [Fact]
    public async Task Too_many_requests_are_not_told_how_long_to_wait()
    {
        await using var simulator = await RunningSimulator.Of("chargebee", _clock, "--Simulator:Chargebee:RefuseEvery=2");
        Assert.Equal(200, await simulator.Status("/chargebee/api/v2/customers", Key));
        using var refused = await simulator.Ask("/chargebee/api/v2/customers", Key);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        Assert.Equal("api_request_limit_exceeded", (await RunningSimulator.Json(refused)).Text("api_error_code"));
    }

    [Fact]
    public async Task A_change_may_show_behind_a_younger_one()
    {
        await using var simulator = await Start("--Simulator:Chargebee:LagSeconds=3");
        await Rows(simulator, "invoice", "limit=100");
        _clock.Pass(5);
        var first = await News();
        _clock.Pass(10);
        var newest = first.Max(row => row.Stamp);
        Assert.Contains((await News()).Except(first), row => row.Stamp < newest);

        async Task<(long Stamp, string Id)[]> News() =>
            [.. (await Rows(simulator, "invoice", "limit=100&include_deleted=true&updated_at[after]=1790000000")).Select(row => (row.GetProperty("updated_at").GetInt64(), row.Text("id")!))];
    }

    [Fact]
    public async Task The_end_follows_from_the_rows_and_what_changes_comes_after_the_first_reading()
    {
        await using var simulator = await Start();
        _clock.Pass(100);
        var (total, visible) = await simulator.Counts("chargebee");
        Assert.True(visible < total);
        Assert.Equal(visible, (await Everything(simulator)).Sum(kind => kind.Count));
        _clock.Pass(100);
        var rows = await Everything(simulator);
        Assert.Equal((total, total), await simulator.Counts("chargebee"));

        await BillingTruth.FollowsFrom(simulator, "chargebee",
            [.. rows[0].Select(row => new SeenCustomer(row.Text("id")!, row.Text("cf_account_id"), row.Text("email"), row.GetProperty("deleted").GetBoolean()))],
            [.. rows.Skip(1).SelectMany((kind, index) => kind.Select(row => new SeenChild(Kinds[index + 1], row.Text("id")!, row.Text("customer_id"), null, row.GetProperty("deleted").GetBoolean())))]);
    }

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("chargebee", _clock, ["--Simulator:Chargebee:RefuseEvery=0", .. settings]);

    private static async Task<List<List<JsonElement>>> Everything(RunningSimulator simulator)
    {
        var all = new List<List<JsonElement>>();
        foreach (var kind in Kinds) all.Add(await Rows(simulator, kind, "limit=50&include_deleted=true&sort_by[asc]=updated_at"));
        return all;
    }

    private static async Task<List<JsonElement>> Rows(RunningSimulator simulator, string kind, string query)
    {
        var path = $"/chargebee/api/v2/{kind}s?{query}";
        var rows = await All(async next => await simulator.GetJson(next, Key), path, "list", page => page.Text("next_offset") is { } offset ? $"{path}&offset={Uri.EscapeDataString(offset)}" : null);
        return [.. rows.Select(row => row.GetProperty(kind))];
    }
}
