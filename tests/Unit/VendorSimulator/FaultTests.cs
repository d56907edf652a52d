using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Settings;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class FaultTests
{
    private const string Users = "/zendesk/api/v2/incremental/users/cursor.json?start_time=0";

    [Fact]
    public void The_same_request_has_the_same_fault_on_every_run()
    {
        var settings = new FaultSettings { ServerError = 0.1, Cut = 0.2 };
        var first = new FaultPlan(new SimulatorSettings(), settings);
        var second = new FaultPlan(new SimulatorSettings(), settings);
        var faults = Enumerable.Range(0, 1000).Select(_ => first.Next("zendesk")).ToArray();
        Assert.Equal(faults, Enumerable.Range(0, 1000).Select(_ => second.Next("zendesk")));
        Assert.InRange(faults.Count(fault => fault == Fault.ServerError), 60, 140);
        Assert.InRange(faults.Count(fault => fault == Fault.Cut), 150, 250);
    }

    [Theory]
    [InlineData("ServerError", 500)]
    [InlineData("Unavailable", 503)]
    public async Task Answers_with_the_status(string fault, int status)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, $"--Simulator:Faults:{fault}=1");
        using var response = await simulator.Get(Users, RunningSimulator.ZendeskToken());
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Answers_with_half_of_the_json()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Faults:Truncated=1");
        using var response = await simulator.Get(Users, RunningSimulator.ZendeskToken());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var body = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("{\"users\":", body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task Cuts_the_connection_in_the_middle_of_the_body()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Faults:Cut=1");
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.Get(Users, RunningSimulator.ZendeskToken()));
    }

    [Fact]
    public async Task Answers_with_a_page_for_people()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Faults:Html=1");
        using var response = await simulator.Get(Users, RunningSimulator.ZendeskToken());
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Answers_late_but_in_full()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Faults:Slow=1", "--Simulator:Faults:SlowSeconds=0.3");
        var started = TimeProvider.System.GetTimestamp();
        var page = await simulator.GetJson(Users, RunningSimulator.ZendeskToken());
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.29));
        Assert.Equal(200, page.GetProperty("users").GetArrayLength());
    }

    [Fact]
    public async Task Does_not_touch_what_the_simulator_says_about_itself()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Faults:ServerError=1");
        await simulator.GetJson("/_simulator/progress");
        using var ready = await simulator.Get("/health/ready");
        Assert.Equal(200, (int)ready.StatusCode);
    }
}
