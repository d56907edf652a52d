using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class CapsuleTests
{
    private const string Api = "/capsule/api/v2";

    private static readonly AuthenticationHeaderValue Token = new("Bearer", "simulator-token");

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        await using var simulator = await Start();
        using var response = await simulator.Get($"{Api}/parties", new AuthenticationHeaderValue("Bearer", "wrong"));
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("parties?perPage=101", 400)]
    [InlineData("parties?perPage=0", 400)]
    [InlineData("parties?page=0", 400)]
    [InlineData("parties?since=yesterday", 400)]
    [InlineData("partys", 404)]
    public async Task What_cannot_be_answered_is_refused(string path, int status)
    {
        await using var simulator = await Start();
        using var response = await simulator.Get($"{Api}/{path}", Token);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("parties", 7)]
    [InlineData("opportunities", 50)]
    [InlineData("kases", 100)]
    public async Task Pages_lead_to_every_record_once(string list, int size)
    {
        await using var simulator = await Start();
        var rows = await simulator.Linked($"{Api}/{list}?perPage={size}", Token, list);
        var visible = (await simulator.GetJson("/_simulator/progress")).GetProperty("systems").GetProperty("capsule").EnumerateArray().Single(count => count.Text("rows") == list);
        Assert.Equal(visible.GetProperty("visible").GetInt32(), rows.Select(row => row.Id()).Distinct().Count());
        Assert.Equal(rows.Count, visible.GetProperty("served").GetInt32());
        Assert.NotEqual(rows.Select(Updated).Order(), rows.Select(Updated));
    }

    [Fact]
    public async Task Since_shows_what_has_changed_after_it()
    {
        await using var simulator = await Start();
        var all = await simulator.Linked($"{Api}/kases?perPage=100", Token, "kases");
        var stamp = all.Select(Updated).Order().ElementAt(50);
        var since = await simulator.Linked($"{Api}/kases?perPage=20&since={stamp.ToString("s", CultureInfo.InvariantCulture)}Z", Token, "kases");
        Assert.Equal(all.Where(row => Updated(row) > stamp).Select(row => row.Id()).Order(), since.Select(row => row.Id()).Order());
        Assert.True(all.Count(row => Updated(row) == stamp) > 1);
    }

    [Fact]
    public async Task Fields_and_the_whole_party_are_shown_only_where_they_are_asked_for()
    {
        await using var simulator = await Start();
        var party = (await simulator.GetJson($"{Api}/opportunities?embed=party", Token)).GetProperty("opportunities")[0];
        var plain = (await simulator.GetJson($"{Api}/opportunities?embed=fields", Token)).GetProperty("opportunities")[0];
        Assert.True(party.GetProperty("party").TryGetProperty("emailAddresses", out _));
        Assert.False(plain.GetProperty("party").TryGetProperty("emailAddresses", out _));
        Assert.False(party.TryGetProperty("fields", out _));
        Assert.True(plain.TryGetProperty("fields", out _));
    }

    [Fact]
    public async Task The_limit_names_the_second_from_which_on_one_may_ask_again()
    {
        await using var simulator = await RunningSimulator.Start(_clock, "--Simulator:Capsule:RefuseEvery=0", "--Simulator:Capsule:RequestsPerHour=1");
        using var first = await simulator.Get($"{Api}/parties", Token);
        _clock.Pass(600);
        using var second = await simulator.Get($"{Api}/parties", Token);
        Assert.Equal("0", first.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(429, (int)second.StatusCode);
        Assert.Equal("rate limit reached", (await RunningSimulator.Json(second)).Text("error"));
        var reset = long.Parse(second.Headers.GetValues("X-RateLimit-Reset").Single(), CultureInfo.InvariantCulture);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds() + 3000, reset);
        _clock.Pass(3000);
        await simulator.GetJson($"{Api}/parties", Token);
    }

    [Fact]
    public async Task What_comes_later_is_newer_than_what_was_there()
    {
        await using var simulator = await Start();
        var before = await simulator.Linked($"{Api}/parties?perPage=100", Token, "parties");
        _clock.Pass(5);
        var newest = before.Max(Updated);
        var later = await simulator.Linked($"{Api}/parties?perPage=100&since={newest.AddSeconds(-1).ToString("s", CultureInfo.InvariantCulture)}Z", Token, "parties");
        Assert.True(later.Count > 20);
        Assert.Contains(later, row => Updated(row) == newest && before.All(old => old.Id() != row.Id()));
    }

    [Fact]
    public async Task The_expected_end_follows_from_the_rows_that_are_served()
    {
        await using var simulator = await Start();
        var parties = await simulator.CapsuleList(_clock, "parties");
        var accountIds = parties.Where(row => row.Text("type") == "organisation").ToDictionary(row => row.Id(), AccountId);
        var emails = await simulator.EmailsOfAccounts(_clock);
        await simulator.AssertTruth("capsule", "person", parties.Where(row => row.Text("type") == "person"), AccountOf, row => row.Text("organisation") is null && Email(row) is null);
        await simulator.AssertTruth("capsule", "opportunity", await simulator.CapsuleList(_clock, "opportunities"), row => AccountOf(row.GetProperty("party")), row => SaysNothing(row.GetProperty("party")));
        await simulator.AssertTruth("capsule", "project", await simulator.CapsuleList(_clock, "kases"), row => AccountOf(row.GetProperty("party")), row => SaysNothing(row.GetProperty("party")));

        string? AccountOf(JsonElement party) => party.Text("type") == "organisation" ? accountIds[party.Id()]
            : party.Text("organisation", "id") is { } organisation ? accountIds[organisation] : emails[Email(party)!];
        bool SaysNothing(JsonElement party) => party.ValueKind == JsonValueKind.Null || (party.Text("type") == "person" && party.Text("organisation") is null && Email(party) is null);
    }

    internal static string? AccountId(JsonElement organisation) =>
        organisation.GetProperty("fields").EnumerateArray().Where(field => field.Text("definition", "name") == "Account ID").Select(field => field.Text("value")).SingleOrDefault();

    internal static string? Email(JsonElement party) => party.GetProperty("emailAddresses").EnumerateArray().Select(email => email.Text("address")).FirstOrDefault();

    private Task<RunningSimulator> Start() => RunningSimulator.Start(_clock, "--Simulator:Capsule:RefuseEvery=0");

    private static DateTimeOffset Updated(JsonElement row) => row.GetProperty("updatedAt").GetDateTimeOffset();
}
