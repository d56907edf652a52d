using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class FreshsalesTests
{
    private const string Api = "/freshsales/crm/sales/api";
    private const string Accounts = $"{Api}/sales_accounts/view/5000004001";
    private const string Contacts = $"{Api}/contacts/view/5000004011";
    private const string Deals = $"{Api}/deals/view/5000004021";

    private static readonly AuthenticationHeaderValue Key = new("Token", "token=simulator-key");

    private readonly HandClock _clock = new();

    [Theory]
    [InlineData("Token", "token=wrong")]
    [InlineData("Bearer", "simulator-key")]
    public async Task A_wrong_key_is_refused(string scheme, string parameter)
    {
        await using var simulator = await Start();
        using var response = await simulator.Get(Accounts, new AuthenticationHeaderValue(scheme, parameter));
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("failed", (await RunningSimulator.Json(response)).Value("login"));
    }

    [Fact]
    public async Task Views_are_found_by_their_filters_and_others_are_unknown()
    {
        await using var simulator = await Start();
        var filters = (await simulator.GetJson($"{Api}/contacts/filters", Key)).GetProperty("filters").EnumerateArray().Select(filter => filter.Id()).ToArray();
        Assert.Equal(["5000004012", "5000004011"], filters);
        Assert.Equal(0, (await simulator.GetJson($"{Api}/contacts/view/5000004012", Key)).GetProperty("contacts").GetArrayLength());
        foreach (var unknown in new[] { $"{Api}/contacts/view/4", $"{Api}/contacts", $"{Api}/leads/view/5000004011" })
        {
            using var response = await simulator.Get(unknown, Key);
            Assert.Equal(404, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(5000)]
    public async Task Pages_hold_every_record_once_the_newest_change_first(int size)
    {
        await using var simulator = await Start();
        var contacts = await All(simulator, Contacts, "contacts", size);
        Assert.Equal(contacts.Count, contacts.Select(row => row.Id()).Distinct().Count());
        var stamps = contacts.Select(row => row.Value("updated_at")).ToArray();
        Assert.Equal(stamps.OrderDescending(), stamps);
        Assert.Contains(Enumerable.Range(1, 4).Select(page => page * 50), end => stamps[end - 1] == stamps[end]);
        var page = await simulator.GetJson($"{Contacts}?per_page={size}", Key);
        Assert.Equal(contacts.Count, page.GetProperty("meta").GetProperty("total").GetInt32());
        Assert.Equal(Math.Min(size, 100), page.GetProperty("contacts").GetArrayLength());
    }

    [Fact]
    public async Task The_view_of_deals_does_not_say_how_many_pages_it_has()
    {
        await using var simulator = await Start();
        var page = await simulator.GetJson($"{Deals}?include=sales_account", Key);
        Assert.False(page.TryGetProperty("meta", out _));
        Assert.Equal(25, page.GetProperty("deals").GetArrayLength());
    }

    [Fact]
    public async Task Accounts_are_embedded_only_where_they_are_asked_for()
    {
        await using var simulator = await Start();
        var with = (await simulator.GetJson($"{Contacts}?include=owner,sales_accounts", Key)).GetProperty("contacts")[0];
        var without = (await simulator.GetJson(Contacts, Key)).GetProperty("contacts")[0];
        Assert.True(with.TryGetProperty("sales_accounts", out _));
        Assert.False(without.TryGetProperty("sales_accounts", out _));
    }

    [Fact]
    public async Task The_limit_says_nothing_of_how_long_to_wait()
    {
        await using var simulator = await RunningSimulator.Of("freshsales,capsule", _clock, "--Simulator:Freshsales:RefuseEvery=2", "--Simulator:Freshsales:RequestsPerHour=2");
        Assert.Equal([200, 429, 200, 429, 429], await Statuses(5));
        _clock.Pass(3600);
        Assert.Equal([429, 200], await Statuses(2));

        async Task<List<int>> Statuses(int requests)
        {
            var statuses = new List<int>();
            for (var request = 0; request < requests; request++)
            {
                using var response = await simulator.Get(Accounts, Key);
                Assert.Null(response.Headers.RetryAfter);
                statuses.Add((int)response.StatusCode);
            }

            return statuses;
        }
    }

    [Fact]
    public async Task Records_come_and_change_once_the_view_was_read_whole()
    {
        await using var simulator = await Start();
        var before = await All(simulator, Accounts, "sales_accounts", 100);
        Assert.Equal(before.Count, (await All(simulator, Accounts, "sales_accounts", 100)).Count);
        _clock.Pass(5);
        var after = await All(simulator, Accounts, "sales_accounts", 100);
        Assert.Equal(120, after.Count);
        Assert.True(before.Count < 120);
        var filledIn = after.Where(row => before.Any(old => old.Id() == row.Id() && old.Value("custom_field", "cf_account_id") != row.Value("custom_field", "cf_account_id"))).ToArray();
        Assert.NotEmpty(filledIn);
        Assert.All(filledIn, row => Assert.True(string.CompareOrdinal(row.Value("updated_at"), before[0].Value("updated_at")) > 0));
    }

    [Fact]
    public async Task What_comes_and_changes_is_told_and_found_by_its_id()
    {
        await using var simulator = await Start();
        await Settled(simulator, Accounts, "sales_accounts");
        var deals = await Settled(simulator, Deals, "deals", "&include=sales_account");
        var told = simulator.Written("freshsales", _clock);
        Assert.Equal(["account", "deal"], told.Select(one => one.Object).Distinct());
        var (_, id) = told.Last(one => one.Object == "deal");
        var deal = (await simulator.GetJson($"{Api}/deals/{id}?include=sales_account", Key)).GetProperty("deal");
        Assert.Equal(deals.Single(row => row.Id() == id).GetRawText(), deal.GetRawText());
        Assert.False((await simulator.GetJson($"{Api}/deals/{id}", Key)).GetProperty("deal").TryGetProperty("sales_account", out _));
        using var unknown = await simulator.Get($"{Api}/deals/1", Key);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Theory]
    [InlineData(20261124)]
    [InlineData(7)]
    public async Task The_expected_end_follows_from_the_rows_that_are_served(int seed)
    {
        await using var simulator = await Start($"--Simulator:Seed={seed}");
        var accountIds = (await Settled(simulator, Accounts, "sales_accounts")).ToDictionary(row => row.Id(), row => row.Value("custom_field", "cf_account_id"));
        var contacts = await Settled(simulator, Contacts, "contacts", "&include=sales_accounts");
        var deals = await Settled(simulator, Deals, "deals", "&include=sales_account");
        var emails = await simulator.EmailsOfAccounts(_clock);
        await simulator.AssertTruth("freshsales", "contact", contacts,
            row => row.Value("custom_field", "cf_account_id") ?? (Account(row) is { } account ? accountIds[account] : emails.GetValueOrDefault(row.Value("email")!)),
            row => row.GetProperty("custom_field").GetProperty("cf_account_id").ValueKind == JsonValueKind.Number || (Account(row) is null && row.Value("email") is null));
        await simulator.AssertTruth("freshsales", "deal", deals,
            row => accountIds[row.Value("sales_account_id") ?? row.Value("sales_account", "id")!], row => row.Value("sales_account", "id") is null);
        Assert.Equal(6, contacts.Count(row => row.GetProperty("is_deleted").GetBoolean()));

        static string? Account(JsonElement contact) => contact.GetProperty("sales_accounts").EnumerateArray().Select(account => account.Id()).FirstOrDefault();
    }

    private Task<RunningSimulator> Start(params string[] settings) => RunningSimulator.Of("freshsales,capsule", _clock, ["--Simulator:Freshsales:RefuseEvery=0", .. settings]);

    private async Task<List<JsonElement>> Settled(RunningSimulator simulator, string view, string list, string more = "")
    {
        await All(simulator, view, list, 100);
        _clock.Pass(5);
        return await All(simulator, view, list, 100, more);
    }

    private static async Task<List<JsonElement>> All(RunningSimulator simulator, string view, string list, int size, string more = "")
    {
        var rows = new List<JsonElement>();
        for (var number = 1; ; number++)
        {
            var page = (await simulator.GetJson($"{view}?page={number}&per_page={size}&sort=updated_at&sort_type=desc{more}", Key)).GetProperty(list);
            rows.AddRange(page.EnumerateArray());
            if (page.GetArrayLength() < Math.Min(size, 100)) return rows;
        }
    }
}
