using System.Net.Http.Headers;
using System.Text.Json;
using static Pipeline.Unit.Tests.VendorSimulator.Billing.BillingReading;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

public sealed class StripeTests
{
    private static readonly AuthenticationHeaderValue Key = new("Bearer", "sk_simulator_key");
    private static readonly string[] Kinds = ["customers", "subscriptions", "invoices", "charges"];

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_request_needs_the_key_and_a_path_that_there_is()
    {
        await using var simulator = await Start();
        Assert.Equal(401, await simulator.Status("/stripe/v1/customers", new("Bearer", "wrong")));
        Assert.Equal(404, await simulator.Status("/stripe/v1/unicorns", Key));
        Assert.Equal(200, await simulator.Status("/stripe/v1/customers", Basic("sk_simulator_key")));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task Pages_hold_every_object_once_newest_first(int limit)
    {
        await using var simulator = await Start();
        foreach (var kind in Kinds)
        {
            var rows = await Rows(simulator, $"/stripe/v1/{kind}?limit={limit}");
            Assert.Equal(rows.Count, rows.Select(row => row.Text("id")).Distinct().Count());
            var stamps = rows.Select(Created).ToArray();
            Assert.Equal(stamps.OrderDescending(), stamps);
            if (limit < 100) Assert.Contains(Enumerable.Range(1, (rows.Count - 1) / limit), page => stamps[(page * limit) - 1] == stamps[page * limit]);
        }
    }

    [Theory]
    [InlineData("customers?limit=101", "limit")]
    [InlineData("customers?limit=0", "limit")]
    [InlineData("customers?updated=1", "updated")]
    [InlineData("customers?starting_after=cus_none", "starting_after")]
    [InlineData("events?created[gte]=yesterday", "created")]
    [InlineData("events?types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a&types[]=a", "types")]
    public async Task A_parameter_that_cannot_be_used_is_refused_by_its_name(string query, string parameter)
    {
        await using var simulator = await Start();
        using var refused = await simulator.Ask($"/stripe/v1/{query}", Key);
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(parameter, (await RunningSimulator.Json(refused)).GetProperty("error").Text("param"));
    }

    [Fact]
    public async Task Too_many_requests_are_not_told_how_long_to_wait()
    {
        await using var simulator = await Start("--Simulator:Stripe:RequestsPerSecond=1");
        Assert.Equal(200, await simulator.Status("/stripe/v1/customers", Key));
        using var refused = await simulator.Ask("/stripe/v1/customers", Key);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        _clock.Pass(1);
        Assert.Equal(200, await simulator.Status("/stripe/v1/customers", Key));
    }

    [Fact]
    public async Task Events_alone_tell_of_changes_a_little_late_and_for_thirty_days()
    {
        await using var simulator = await Start();
        await Everything(simulator);
        Assert.Empty(await Events(simulator, ""));
        _clock.Pass(2);
        var early = (await Events(simulator, "")).Count;
        _clock.Pass(100);
        var all = await Events(simulator, "");
        Assert.InRange(early, 1, all.Count - 1);
        var stamps = all.Select(Created).ToArray();
        Assert.Equal(stamps.OrderDescending(), stamps);
        Assert.Equal(stamps.Count(stamp => stamp >= stamps[10]), (await Events(simulator, $"&created[gte]={stamps[10]}")).Count);
        Assert.Equal(["customer.deleted"], (await Events(simulator, "&types[]=customer.deleted")).Select(happened => happened.Text("type")));
        _clock.Pass(TimeSpan.FromDays(30).TotalSeconds);
        Assert.Empty(await Events(simulator, ""));
    }

    [Fact]
    public async Task Canceled_subscriptions_are_listed_when_asked_for_and_deleted_objects_never()
    {
        await using var simulator = await Start();
        var before = await Everything(simulator);
        _clock.Pass(100);
        var after = await Everything(simulator);
        var open = await Rows(simulator, "/stripe/v1/subscriptions?limit=100");
        var canceled = await Rows(simulator, "/stripe/v1/subscriptions?limit=100&status=canceled");
        Assert.NotEmpty(canceled);
        Assert.Equal(after[1].Count, open.Count + canceled.Count);
        Assert.Single(before[0].Select(row => row.Text("id")).Except(after[0].Select(row => row.Text("id"))));
        Assert.Equal(3, before[2].Select(row => row.Text("id")).Except(after[2].Select(row => row.Text("id"))).Count());
    }

    [Fact]
    public async Task The_end_follows_from_the_lists_and_the_events()
    {
        await using var simulator = await Start();
        _clock.Pass(100);
        var (total, visible) = await simulator.Counts("stripe");
        Assert.True(visible < total);
        var rows = await Everything(simulator);
        Assert.Equal(visible, rows.Sum(kind => kind.Count));
        _clock.Pass(100);
        var events = await Events(simulator, "");
        Assert.Equal((total, total), await simulator.Counts("stripe"));

        var deleted = events.Where(happened => happened.Text("type") is "customer.deleted" or "invoice.deleted").Select(happened => happened.GetProperty("data").GetProperty("object").Text("id")).ToHashSet();
        var newest = events.Select(happened => happened.GetProperty("data").GetProperty("object")).Concat(rows.SelectMany(kind => kind)).DistinctBy(row => row.Text("id")).ToArray();
        await BillingTruth.FollowsFrom(simulator, "stripe",
            [.. newest.Where(row => row.Text("object") == "customer").Select(row => new SeenCustomer(row.Text("id")!, row.GetProperty("metadata").Text("account_id"), row.Text("email"), deleted.Contains(row.Text("id"))))],
            [.. newest.Where(row => row.Text("object") != "customer").Select(row => new SeenChild(row.Text("object")!, row.Text("id")!, row.Text("customer"), Email(row), deleted.Contains(row.Text("id"))))]);
    }

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("stripe", _clock, ["--Simulator:Stripe:RefuseEvery=0", "--Simulator:Stripe:RequestsPerSecond=100000", .. settings]);

    private static async Task<List<List<JsonElement>>> Everything(RunningSimulator simulator)
    {
        var all = new List<List<JsonElement>>();
        foreach (var kind in Kinds) all.Add(await Rows(simulator, $"/stripe/v1/{kind}?limit=50{(kind == "subscriptions" ? "&status=all" : "")}"));
        return all;
    }

    private static Task<List<JsonElement>> Events(RunningSimulator simulator, string query) => Rows(simulator, $"/stripe/v1/events?limit=7{query}");

    private static Task<List<JsonElement>> Rows(RunningSimulator simulator, string path) => All(
        async next => await simulator.GetJson(next, Key), path, "data",
        page => page.GetProperty("has_more").GetBoolean() ? $"{path}&starting_after={page.GetProperty("data").EnumerateArray().Last().Text("id")}" : null);

    private static long Created(JsonElement row) => row.GetProperty("created").GetInt64();

    private static string? Email(JsonElement row) => row.Text("customer_email") ?? (row.TryGetProperty("billing_details", out var details) ? details.Text("email") : null);
}
