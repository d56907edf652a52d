using System.Net.Http.Headers;
using System.Text.Json;
using static Pipeline.Unit.Tests.VendorSimulator.Billing.BillingReading;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

public sealed class ChargifyTests
{
    private static readonly AuthenticationHeaderValue Key = Basic("simulator-key", "x");
    private static readonly string[] Kinds = ["customer", "subscription", "invoice"];

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_request_needs_the_key_and_a_path_that_there_is()
    {
        await using var simulator = await Start();
        Assert.Equal(401, await simulator.Status("/chargify/customers.json", Basic("wrong", "x")));
        Assert.Equal(404, await simulator.Status("/chargify/customers", Key));
        Assert.Equal(200, await simulator.Status("/chargify/customers.json", Key));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(200)]
    public async Task Numbered_pages_hold_every_row_once_and_the_one_behind_the_last_is_empty(int size)
    {
        await using var simulator = await Start();
        foreach (var kind in Kinds)
        {
            var rows = await Rows(simulator, kind, $"per_page={size}&sort=created_at&direction=asc");
            Assert.Equal(rows.Count, rows.Select(Id).Distinct().Count());
            Assert.Empty(Records(await simulator.GetJson($"/chargify/{kind}s.json?per_page={size}&page={(rows.Count / size) + 2}", Key), kind));
            var stamps = rows.Select(row => row.GetProperty("created_at").GetDateTimeOffset()).ToArray();
            Assert.Equal(stamps.Order(), stamps);
            if (size < 10) Assert.Contains(Enumerable.Range(1, (rows.Count - 1) / size), page => stamps[(page * size) - 1] == stamps[page * size]);
        }
    }

    [Fact]
    public async Task A_page_has_200_rows_at_most_and_lists_have_their_own_sizes_and_directions()
    {
        await using var simulator = await Start();
        Assert.Equal(Records(await simulator.GetJson("/chargify/invoices.json?per_page=200", Key), "invoice").Count, Records(await simulator.GetJson("/chargify/invoices.json?per_page=5000", Key), "invoice").Count);
        Assert.Equal(50, Records(await simulator.GetJson("/chargify/customers.json", Key), "customer").Count);
        var invoices = Records(await simulator.GetJson("/chargify/invoices.json", Key), "invoice");
        Assert.Equal(20, invoices.Count);
        Assert.True(invoices[0].GetProperty("created_at").GetDateTimeOffset() > invoices[19].GetProperty("created_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_bound_is_included_and_is_of_the_sites_zone_where_it_has_no_offset()
    {
        await using var simulator = await Start();
        var all = await Rows(simulator, "subscription", "per_page=200");
        var middle = all.Select(row => row.GetProperty("updated_at").GetDateTimeOffset()).Order().ElementAt(40);
        var count = all.Count(row => row.GetProperty("updated_at").GetDateTimeOffset() >= middle);
        Assert.Equal(count, (await Since($"{middle.UtcDateTime:yyyy-MM-dd HH:mm:ss} +0000")).Count);
        Assert.Equal(count, (await Since($"{middle.ToOffset(TimeSpan.FromHours(-5)):yyyy-MM-dd HH:mm:ss}")).Count);

        Task<List<JsonElement>> Since(string time) => Rows(simulator, "subscription", $"per_page=7&date_field=updated_at&start_datetime={Uri.EscapeDataString(time)}");
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("date_field=paid_at")]
    [InlineData("start_datetime=2025-01-01T00:00:00Z")]
    [InlineData("direction=up")]
    public async Task A_parameter_that_cannot_be_used_is_refused(string parameter)
    {
        await using var simulator = await Start();
        Assert.Equal(422, await simulator.Status($"/chargify/subscriptions.json?{parameter}", Key));
    }

    [Fact]
    public async Task Every_nth_request_is_refused()
    {
        await using var simulator = await RunningSimulator.Of("chargify", _clock, "--Simulator:Chargify:RefuseEvery=2");
        Assert.Equal(200, await simulator.Status("/chargify/customers.json", Key));
        Assert.Equal(429, await simulator.Status("/chargify/customers.json", Key));
        Assert.Equal(200, await simulator.Status("/chargify/customers.json", Key));
    }

    [Fact]
    public async Task The_end_follows_from_the_rows_and_what_changes_comes_after_the_first_reading()
    {
        await using var simulator = await Start();
        _clock.Pass(100);
        var (total, visible) = await simulator.Counts("chargify");
        Assert.True(visible < total);
        Assert.Equal(visible, (await Everything(simulator)).Sum(kind => kind.Count));
        _clock.Pass(100);
        var rows = await Everything(simulator);
        Assert.Equal((total, total), await simulator.Counts("chargify"));

        await BillingTruth.FollowsFrom(simulator, "chargify",
            [.. rows[0].Select(row => new SeenCustomer(Id(row), row.Text("reference"), row.Text("email")))],
            [
                .. rows[1].Select(row => new SeenChild("subscription", Id(row), row.GetProperty("customer").Text("id"))),
                .. rows[2].Select(row => new SeenChild("invoice", Id(row), row.Text("customer_id"), row.GetProperty("customer").Text("email"))),
            ]);
    }

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("chargify", _clock, ["--Simulator:Chargify:RefuseEvery=0", .. settings]);

    private static async Task<List<List<JsonElement>>> Everything(RunningSimulator simulator)
    {
        var all = new List<List<JsonElement>>();
        foreach (var kind in Kinds) all.Add(await Rows(simulator, kind, "per_page=50&direction=asc"));
        return all;
    }

    private static string Id(JsonElement row) => row.Text("uid") ?? row.Text("id")!;

    private static List<JsonElement> Records(JsonElement page, string kind) =>
        kind == "invoice" ? [.. page.GetProperty("invoices").EnumerateArray()] : [.. page.EnumerateArray().Select(row => row.GetProperty(kind))];

    private static async Task<List<JsonElement>> Rows(RunningSimulator simulator, string kind, string query)
    {
        var rows = new List<JsonElement>();
        for (var number = 1; ; number++)
        {
            var page = Records(await simulator.GetJson($"/chargify/{kind}s.json?{query}&page={number}", Key), kind);
            rows.AddRange(page);
            if (page.Count == 0) return rows;
        }
    }
}
