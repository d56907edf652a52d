using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>What the first two systems that were played tell by their webhooks.</summary>
public sealed class EventTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public async Task Zendesk_signs_the_time_of_the_attempt_and_the_body_of_an_event()
    {
        await using var simulator = await RunningSimulator.Start(_clock);
        await simulator.ZendeskRows("tickets");
        Assert.Empty(simulator.Told("zendesk", _clock));
        _clock.Pass(2);
        var calls = simulator.Told("zendesk", _clock);

        Assert.Equal(15, calls.Select(call => call.Json().Value("id")).Distinct().Count());
        Assert.All(calls, call =>
        {
            Assert.Equal("2026-11-24T12:00:02Z", call.Headers["X-Zendesk-Webhook-Signature-Timestamp"]);
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes("simulator-webhook-secret"));
            hmac.AppendData(Encoding.ASCII.GetBytes("2026-11-24T12:00:02Z"));
            hmac.AppendData(call.Body);
            Assert.Equal(Convert.ToBase64String(hmac.GetHashAndReset()), call.Headers["X-Zendesk-Webhook-Signature"]);
        });
        Assert.Empty(simulator.Told("zendesk", _clock));
    }

    [Fact]
    public async Task Zendesk_shows_what_it_told_by_its_ids_and_in_the_export()
    {
        await using var simulator = await RunningSimulator.Start(_clock);
        var before = await simulator.ZendeskRows("tickets");
        _clock.Pass(2);
        var told = simulator.Told("zendesk", _clock).Select(call => call.Json()).ToLookup(body => body.Value("type")!, body => body.Value("detail", "id")!);
        var solved = told["zen:event-type:ticket.status_changed"].ToArray();
        var deleted = told["zen:event-type:ticket.soft_deleted"].ToArray();

        var shown = await simulator.GetJson($"/zendesk/api/v2/tickets/show_many.json?ids={string.Join(',', solved.Concat(deleted))}", RunningSimulator.ZendeskToken());
        Assert.Equal(solved.Order(), shown.GetProperty("tickets").EnumerateArray().Select(row => row.Id()).Order());
        Assert.All(shown.GetProperty("tickets").EnumerateArray(), row => Assert.Equal("solved", row.Value("status")));
        var after = await simulator.ZendeskRows("tickets");
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(solved.Concat(deleted).Order(), after.TakeLast(15).Select(row => row.Id()).Order());
    }

    [Theory]
    [InlineData("1,two")]
    [InlineData("")]
    public async Task Zendesk_refuses_ids_that_are_none(string ids)
    {
        await using var simulator = await RunningSimulator.Start(_clock);
        using var response = await simulator.Get($"/zendesk/api/v2/users/show_many.json?ids={ids}", RunningSimulator.ZendeskToken());
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_flow_of_salesforce_names_the_accounts_that_appear()
    {
        await using var simulator = await RunningSimulator.Start(_clock);
        var before = await simulator.SalesforceRows();
        _clock.Pass(3);
        var told = simulator.Written("salesforce", _clock);
        var appeared = (await simulator.SalesforceRows()).Select(row => row.Value("Id")).Except(before.Select(row => row.Value("Id")));
        Assert.Equal(appeared.Order(), told.Select(one => one.Id).Order());
        Assert.All(told, one => Assert.Equal("account", one.Object));
    }
}
