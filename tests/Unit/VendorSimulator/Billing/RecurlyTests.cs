using System.Net.Http.Headers;
using System.Text.Json;
using static Pipeline.Unit.Tests.VendorSimulator.Billing.BillingReading;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

public sealed class RecurlyTests
{
    private const string Version = "application/vnd.recurly.v2021-02-25";
    private static readonly AuthenticationHeaderValue Key = Basic("simulator-key");
    private static readonly string[] Kinds = ["accounts", "subscriptions", "invoices", "transactions"];

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_request_needs_the_key_and_the_version_and_a_path_that_there_is()
    {
        await using var simulator = await Start();
        Assert.Equal(401, await simulator.Status("/recurly/accounts", Basic("wrong"), Version));
        Assert.Equal(401, await simulator.Status("/recurly/accounts", Basic("simulator-key", "x"), Version));
        Assert.Equal(406, await simulator.Status("/recurly/accounts", Key, "application/json"));
        Assert.Equal(404, await simulator.Status("/recurly/coupons", Key, Version));
        Assert.Equal(200, await simulator.Status("/recurly/accounts", Key, Version));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(200)]
    public async Task Pages_hold_every_row_once_in_the_order_of_its_change(int limit)
    {
        await using var simulator = await Start();
        foreach (var kind in Kinds)
        {
            var rows = await Rows(simulator, $"/{kind}?limit={limit}&sort=updated_at&order=asc");
            Assert.Equal(rows.Count, rows.Select(row => row.Text("id")).Distinct().Count());
            var stamps = rows.Select(row => row.GetProperty("updated_at").GetDateTimeOffset()).ToArray();
            Assert.Equal(stamps.Order(), stamps);
            if (limit < 200) Assert.Contains(Enumerable.Range(1, (rows.Count - 1) / limit), page => stamps[(page * limit) - 1] == stamps[page * limit]);
        }
    }

    [Theory]
    [InlineData("limit=201")]
    [InlineData("limit=0")]
    [InlineData("sort=id")]
    [InlineData("order=up")]
    [InlineData("begin_time=yesterday")]
    [InlineData("cursor=nonsense")]
    public async Task A_parameter_that_cannot_be_used_is_refused(string parameter)
    {
        await using var simulator = await Start();
        Assert.Equal(400, await simulator.Status($"/recurly/invoices?{parameter}", Key, Version));
    }

    [Fact]
    public async Task The_newest_come_first_unless_asked_otherwise_and_a_bound_of_time_is_included()
    {
        await using var simulator = await Start();
        var all = await Rows(simulator, "/invoices?limit=200");
        Assert.Equal(all.Select(row => row.Text("created_at")).OrderDescending(), all.Select(row => row.Text("created_at")));
        var middle = all.Select(row => row.Text("updated_at")!).Order().ElementAt(60);
        var later = await Rows(simulator, $"/invoices?limit=7&sort=updated_at&order=asc&begin_time={middle}");
        Assert.Equal(all.Count(row => string.CompareOrdinal(row.Text("updated_at"), middle) >= 0), later.Count);
        Assert.Equal(middle, later[0].Text("updated_at"));
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_again()
    {
        await using var simulator = await Start("--Simulator:Recurly:RequestsPerMinute=1");
        using var first = await simulator.Ask("/recurly/accounts", Key, Version);
        _clock.Pass(20);
        using var second = await simulator.Ask("/recurly/accounts", Key, Version);
        Assert.Equal("0", first.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(429, (int)second.StatusCode);
        Assert.Equal($"{_clock.GetUtcNow().ToUnixTimeSeconds() + 40}", second.Headers.GetValues("X-RateLimit-Reset").Single());
    }

    [Fact]
    public async Task The_end_follows_from_the_rows_and_what_changes_comes_after_the_first_reading()
    {
        await using var simulator = await Start();
        _clock.Pass(100);
        var (total, visible) = await simulator.Counts("recurly");
        var before = await Everything(simulator);
        Assert.True(visible < total);
        Assert.Equal(visible, before.Sum(kind => kind.Count));
        _clock.Pass(100);
        var rows = await Everything(simulator);
        Assert.Equal((total, total), await simulator.Counts("recurly"));
        Assert.True(rows[0].Except(before[0], ByText).Count() >= 8, "accounts changed");
        Assert.All(rows, (kind, index) => Assert.True(kind.Count >= before[index].Count));

        await BillingTruth.FollowsFrom(simulator, "recurly",
            [.. rows[0].Select(row => new SeenCustomer(row.Text("id")!, row.Text("code"), row.Text("email"), row.Text("state") == "inactive"))],
            [.. rows.Skip(1).SelectMany((kind, index) => kind.Select(row => new SeenChild(Kinds[index + 1][..^1], row.Text("id")!, row.GetProperty("account").Text("id"))))]);
    }

    private static EqualityComparer<JsonElement> ByText { get; } =
        EqualityComparer<JsonElement>.Create((left, right) => left.GetRawText() == right.GetRawText(), row => row.GetRawText().GetHashCode(StringComparison.Ordinal));

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("recurly", _clock, ["--Simulator:Recurly:RefuseEvery=0", .. settings]);

    private static async Task<List<List<JsonElement>>> Everything(RunningSimulator simulator)
    {
        var all = new List<List<JsonElement>>();
        foreach (var kind in Kinds) all.Add(await Rows(simulator, $"/{kind}?limit=50&sort=updated_at&order=asc"));
        return all;
    }

    private static Task<List<JsonElement>> Rows(RunningSimulator simulator, string path) => All(
        async next =>
        {
            using var response = await simulator.Ask($"/recurly{next}", Key, Version);
            Assert.True(response.IsSuccessStatusCode, $"{next}: {response.StatusCode}");
            return await RunningSimulator.Json(response);
        },
        path, "data", page => page.GetProperty("has_more").GetBoolean() ? page.GetProperty("next").GetString() : null);
}
