using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class FreshdeskTests
{
    private const string Api = "/freshdesk/api/v2";
    private const string AllTickets = $"{Api}/tickets?updated_since=2000-01-01T00:00:00Z&order_by=updated_at&order_type=asc&include=requester";

    private static readonly AuthenticationHeaderValue Key = KeyOf("simulator-key");

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await using var simulator = await Start();
        using var response = await simulator.Get($"{Api}/companies", KeyOf("wrong"));
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("invalid_credentials", (await RunningSimulator.Json(response)).Value("code"));
    }

    [Theory]
    [InlineData("companies?per_page=101", "per_page")]
    [InlineData("contacts?page=0", "per_page")]
    [InlineData("contacts?_updated_since=soon", "_updated_since")]
    [InlineData("tickets?order_by=mood", "order_by")]
    [InlineData("tickets?page=301", "page")]
    public async Task What_cannot_be_answered_is_refused_by_its_field(string path, string field)
    {
        await using var simulator = await Start();
        using var response = await simulator.Get($"{Api}/{path}", Key);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(field, (await RunningSimulator.Json(response)).GetProperty("errors")[0].Value("field"));
    }

    [Fact]
    public async Task Other_paths_are_unknown()
    {
        await using var simulator = await Start();
        using var response = await simulator.Get($"{Api}/groups", Key);
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Theory]
    [InlineData($"{Api}/companies?per_page=7")]
    [InlineData($"{Api}/contacts?per_page=100")]
    [InlineData($"{AllTickets}&per_page=40")]
    public async Task Pages_lead_to_every_record_once(string path)
    {
        await using var simulator = await Start();
        var rows = await simulator.Linked(path, Key);
        var counts = (await simulator.GetJson("/_simulator/progress")).GetProperty("systems").GetProperty("freshdesk").EnumerateArray();
        Assert.Contains(counts, count => count.GetProperty("visible").GetInt32() == rows.Count && count.GetProperty("served").GetInt32() == rows.Count);
        Assert.Equal(rows.Count, rows.Select(row => row.Id()).Distinct().Count());
    }

    [Fact]
    public async Task Tickets_come_in_the_order_of_their_change_and_more_than_a_page_has_one_second()
    {
        await using var simulator = await Start();
        var stamps = (await simulator.Linked(AllTickets, Key)).Select(row => row.Value("updated_at")).ToArray();
        Assert.Equal(stamps.Order(), stamps);
        Assert.True(stamps.GroupBy(stamp => stamp).Max(same => same.Count()) > 50);
    }

    [Fact]
    public async Task Without_a_filter_only_the_tickets_of_the_last_30_days_are_shown()
    {
        await using var simulator = await Start();
        Assert.Equal(0, (await simulator.GetJson($"{Api}/tickets", Key)).GetArrayLength());
    }

    [Fact]
    public async Task A_requester_is_shown_only_where_it_is_asked_for()
    {
        await using var simulator = await Start();
        Assert.True((await simulator.GetJson(AllTickets, Key))[0].TryGetProperty("requester", out _));
        Assert.False((await simulator.GetJson($"{Api}/tickets?updated_since=2000-01-01", Key))[0].TryGetProperty("requester", out _));
    }

    [Fact]
    public async Task Contacts_have_a_filter_by_the_change_and_companies_have_none()
    {
        await using var simulator = await Start();
        var contacts = await simulator.Linked($"{Api}/contacts", Key);
        var newest = contacts.Max(row => row.Value("updated_at"));
        var changed = await simulator.Linked($"{Api}/contacts?_updated_since={newest}", Key);
        Assert.Equal(contacts.Count(row => row.Value("updated_at") == newest), changed.Count);
        Assert.Equal(30, (await simulator.GetJson($"{Api}/companies?_updated_since=2030-01-01T00:00:00Z&updated_since=2030-01-01T00:00:00Z", Key)).GetArrayLength());
    }

    [Fact]
    public async Task The_limit_says_how_many_requests_are_left_and_how_long_to_wait()
    {
        await using var simulator = await RunningSimulator.Of("freshdesk,capsule", _clock, "--Simulator:Freshdesk:RefuseEvery=0", "--Simulator:Freshdesk:RequestsPerMinute=1");
        using var first = await simulator.Get($"{Api}/companies", Key);
        _clock.Pass(15);
        using var second = await simulator.Get($"{Api}/companies", Key);
        Assert.Equal(("1", "0"), (first.Headers.GetValues("X-RateLimit-Total").Single(), first.Headers.GetValues("X-RateLimit-Remaining").Single()));
        Assert.Equal(429, (int)second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(45), second.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Tickets_that_come_and_change_are_told_and_found_by_their_id()
    {
        await using var simulator = await Start();
        await Settled(simulator, $"{Api}/companies?per_page=100");
        var tickets = await Settled(simulator, $"{AllTickets}&per_page=100");
        var told = simulator.Written("freshdesk", _clock);
        Assert.Equal("ticket", told.Select(one => one.Object).Distinct().Single());
        var ticket = await simulator.GetJson($"{Api}/tickets/{told[^1].Id}?include=requester", Key);
        Assert.Equal(tickets.Single(row => row.Id() == told[^1].Id).GetRawText(), ticket.GetRawText());
        using var unknown = await simulator.Get($"{Api}/tickets/1", Key);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Theory]
    [InlineData(20261124)]
    [InlineData(7)]
    public async Task The_expected_end_follows_from_the_rows_that_are_served(int seed)
    {
        await using var simulator = await Start($"--Simulator:Seed={seed}");
        var emails = await simulator.EmailsOfAccounts(_clock);
        var accountIds = (await Settled(simulator, $"{Api}/companies?per_page=100")).ToDictionary(row => row.Id(), row => row.Value("custom_fields", "account_id"));
        await simulator.AssertTruth("freshdesk", "contact", await Settled(simulator, $"{Api}/contacts?per_page=100"),
            row => row.Value("company_id") is { } company ? accountIds[company] : emails[row.Value("email")!], row => row.Value("company_id") is null && row.Value("email") is null);
        await simulator.AssertTruth("freshdesk", "ticket", await Settled(simulator, $"{AllTickets}&per_page=100"),
            row => row.Value("company_id") is { } company ? accountIds[company] : emails[row.Value("requester", "email")!], row => row.Value("company_id") is null && row.Value("requester", "email") is null);
    }

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("freshdesk,capsule", _clock, ["--Simulator:Freshdesk:RefuseEvery=0", .. settings]);

    private async Task<List<JsonElement>> Settled(RunningSimulator simulator, string path)
    {
        await simulator.Linked(path, Key);
        _clock.Pass(5);
        return await simulator.Linked(path, Key);
    }

    private static AuthenticationHeaderValue KeyOf(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:X")));
}
