using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class TimeLagTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public async Task Some_records_appear_behind_the_newest_one_that_was_served()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        var before = await simulator.SalesforceRows();
        var newest = before.Max(Stamp);
        Assert.Equal(296, (await simulator.SalesforceRows()).Count);
        _clock.Pass(3);

        var appeared = (await simulator.SalesforceRows()).ExceptBy(before.Select(Id), Id).ToArray();
        Assert.Equal(6, appeared.Length);
        Assert.All(appeared, row => Assert.InRange(newest - Stamp(row), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task Late_accounts_appear_when_all_tickets_were_exported_and_not_before()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        await simulator.SalesforceRows();
        _clock.Pass(100);
        Assert.Equal(302, (await simulator.SalesforceRows()).Count);

        await simulator.GetJson("/zendesk/api/v2/incremental/tickets/cursor.json?start_time=0", RunningSimulator.ZendeskToken());
        _clock.Pass(100);
        Assert.Equal(302, (await simulator.SalesforceRows()).Count);

        await simulator.ZendeskRows("tickets");
        _clock.Pass(2);
        Assert.Equal(302, (await simulator.SalesforceRows()).Count);
        _clock.Pass(2);
        Assert.Equal(322, (await simulator.SalesforceRows()).Count);
    }

    [Fact]
    public async Task Late_accounts_never_appear_before_the_lagging_ones()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        await simulator.ZendeskRows("tickets");
        _clock.Pass(100);
        Assert.Equal(296, (await simulator.SalesforceRows()).Count);
    }

    [Fact]
    public async Task Zendesk_refuses_a_start_time_of_the_last_minute()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        using var tooRecent = await simulator.Get($"/zendesk/api/v2/incremental/users/cursor.json?start_time={now - 59}", RunningSimulator.ZendeskToken());
        using var oldEnough = await simulator.Get($"/zendesk/api/v2/incremental/users/cursor.json?start_time={now - 60}", RunningSimulator.ZendeskToken());
        Assert.Equal(400, (int)tooRecent.StatusCode);
        Assert.Equal("StartTimeTooRecent", (await RunningSimulator.Json(tooRecent)).GetProperty("error").GetString());
        Assert.Equal(200, (int)oldEnough.StatusCode);
    }

    [Fact]
    public async Task Some_drafts_become_active_when_all_accounts_were_read()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        Assert.Equal(6, Drafts(await simulator.ZuoraRows()));
        Assert.Equal(6, Drafts(await simulator.ZuoraRows()));
        _clock.Pass(2);
        Assert.Equal(0, Drafts(await simulator.ZuoraRows()));

        static int Drafts(IEnumerable<JsonElement> rows) => rows.Count(row => row.GetProperty("status").GetString() == "Draft");
    }

    private static string? Id(JsonElement row) => row.GetProperty("Id").GetString();

    private static DateTimeOffset Stamp(JsonElement row) =>
        DateTimeOffset.ParseExact(row.GetProperty("SystemModstamp").GetString()!, "yyyy-MM-ddTHH:mm:ss.fff+0000", null, System.Globalization.DateTimeStyles.AssumeUniversal);
}
