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
        var visible = (await simulator.GetJson("/_simulator/progress")).GetProperty("systems").GetProperty("capsule").EnumerateArray().Single(count => count.Value("rows") == list);
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
        await using var simulator = await RunningSimulator.Of("capsule", _clock, "--Simulator:Capsule:RefuseEvery=0", "--Simulator:Capsule:RequestsPerHour=1");
        using var first = await simulator.Get($"{Api}/parties", Token);
        _clock.Pass(600);
        using var second = await simulator.Get($"{Api}/parties", Token);
        Assert.Equal("0", first.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(429, (int)second.StatusCode);
        Assert.Equal("rate limit reached", (await RunningSimulator.Json(second)).Value("error"));
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
    public async Task Hooks_tell_of_several_records_behind_the_user_and_password_of_their_address()
    {
        await using var simulator = await Start();
        var projects = await simulator.CapsuleList(_clock, "kases");
        var calls = simulator.Told("capsule", _clock);
        // echo -n capsule:simulator-webhook-secret | base64
        Assert.All(calls, call => Assert.Equal("Basic Y2Fwc3VsZTpzaW11bGF0b3Itd2ViaG9vay1zZWNyZXQ=", call.Headers["Authorization"]));
        var payloads = calls.ToDictionary(call => call.Json().Value("event")!, call => call.Json().GetProperty("payload").EnumerateArray().ToArray());
        Assert.Equal(["kase/created", "kase/deleted", "kase/updated"], payloads.Keys.Order());
        Assert.All(payloads["kase/created"].Concat(payloads["kase/updated"]), told => Assert.Contains(projects, row => row.Id() == told.Id()));
        Assert.All(payloads["kase/deleted"], told => Assert.DoesNotContain(projects, row => row.Id() == told.Id()));
        Assert.Empty(simulator.Told("capsule", _clock));
    }

    [Fact]
    public async Task Records_are_shown_by_their_ids_one_by_its_own_name_and_ten_at_most()
    {
        await using var simulator = await Start();
        var ids = (await simulator.GetJson($"{Api}/kases", Token)).GetProperty("kases").EnumerateArray().Select(row => row.Id()).ToArray();
        Assert.Equal(ids[0], (await simulator.GetJson($"{Api}/kases/{ids[0]}", Token)).GetProperty("kase").Id());
        Assert.Equal(ids[..10], (await simulator.GetJson($"{Api}/kases/{string.Join(',', ids[..10])}", Token)).GetProperty("kases").EnumerateArray().Select(row => row.Id()));
        using var eleven = await simulator.Get($"{Api}/kases/{string.Join(',', ids[..11])}", Token);
        using var unknown = await simulator.Get($"{Api}/kases/7", Token);
        Assert.Equal((404, 404), ((int)eleven.StatusCode, (int)unknown.StatusCode));
    }

    [Theory]
    [InlineData(20261124)]
    [InlineData(7)]
    public async Task The_expected_end_follows_from_the_rows_that_are_served(int seed)
    {
        await using var simulator = await Start($"--Simulator:Seed={seed}");
        var parties = await simulator.CapsuleList(_clock, "parties");
        var accountIds = parties.Where(row => row.Value("type") == "organisation").ToDictionary(row => row.Id(), AccountId);
        var emails = await simulator.EmailsOfAccounts(_clock);
        await simulator.AssertTruth("capsule", "person", parties.Where(row => row.Value("type") == "person"), AccountOf, row => row.Value("organisation") is null && Email(row) is null);
        await simulator.AssertTruth("capsule", "opportunity", await simulator.CapsuleList(_clock, "opportunities"), row => AccountOf(row.GetProperty("party")), row => SaysNothing(row.GetProperty("party")));
        var projects = await simulator.Linked($"{Api}/kases?perPage=100&embed=party", Token, "kases");
        projects = [.. (await simulator.CapsuleList(_clock, "kases")).UnionBy(projects, row => row.Id())]; // those that were deleted meanwhile
        await simulator.AssertTruth("capsule", "project", projects, row => AccountOf(row.GetProperty("party")), row => SaysNothing(row.GetProperty("party")));

        string? AccountOf(JsonElement party) => party.Value("type") == "organisation" ? accountIds[party.Id()]
            : party.Value("organisation", "id") is { } organisation ? accountIds[organisation] : emails[Email(party)!];
        bool SaysNothing(JsonElement party) => party.ValueKind == JsonValueKind.Null || (party.Value("type") == "person" && party.Value("organisation") is null && Email(party) is null);
    }

    internal static string? AccountId(JsonElement organisation) =>
        organisation.GetProperty("fields").EnumerateArray().Where(field => field.Value("definition", "name") == "Account ID").Select(field => field.Value("value")).SingleOrDefault();

    internal static string? Email(JsonElement party) => party.GetProperty("emailAddresses").EnumerateArray().Select(email => email.Value("address")).FirstOrDefault();

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("capsule", _clock, ["--Simulator:Capsule:RefuseEvery=0", .. settings]);

    private static DateTimeOffset Updated(JsonElement row) => row.GetProperty("updatedAt").GetDateTimeOffset();
}
