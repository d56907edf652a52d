namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class RateLimitTests
{
    private const string Users = "/zendesk/api/v2/incremental/users/cursor.json?start_time=0";

    private readonly HandClock _clock = new();

    [Fact]
    public async Task Zendesk_says_how_many_requests_are_left_and_how_long_to_wait()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock, "--Simulator:Zendesk:RequestsPerMinute=2");
        using var first = await simulator.Get(Users, RunningSimulator.ZendeskToken());
        _clock.Pass(15);
        using var second = await simulator.Get(Users, RunningSimulator.ZendeskToken());
        using var third = await simulator.Get(Users, RunningSimulator.ZendeskToken());

        Assert.Equal("2", first.Headers.GetValues("X-Rate-Limit").Single());
        Assert.Equal("1", first.Headers.GetValues("X-Rate-Limit-Remaining").Single());
        Assert.Equal(200, (int)second.StatusCode);
        Assert.Equal(429, (int)third.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(45), third.Headers.RetryAfter!.Delta);

        _clock.Pass(45);
        using var fourth = await simulator.Get(Users, RunningSimulator.ZendeskToken());
        Assert.Equal(200, (int)fourth.StatusCode);
    }

    [Fact]
    public async Task Every_nth_request_is_refused_and_the_next_one_passes()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Zendesk:RefuseEvery=3");
        var statuses = new List<int>();
        for (var request = 0; request < 7; request++)
        {
            using var response = await simulator.Get(Users, RunningSimulator.ZendeskToken());
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 200, 429, 200, 200, 429, 200], statuses);
    }

    [Fact]
    public async Task Zuora_refuses_with_429()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Zuora:RequestsPerMinute=1");
        var token = await simulator.ZuoraToken();
        using var first = await simulator.Get("/zuora/object-query/accounts", token);
        using var second = await simulator.Get("/zuora/object-query/accounts", token);
        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal(429, (int)second.StatusCode);
    }

    [Fact]
    public async Task Salesforce_refuses_with_403_and_counts_in_a_header()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Salesforce:RefuseEvery=2");
        var token = await simulator.SalesforceToken();
        const string query = "/salesforce/services/data/v63.0/query?q=SELECT+Id+FROM+Account+LIMIT+1";
        using var first = await simulator.Get(query, token);
        using var second = await simulator.Get(query, token);
        Assert.Equal("api-usage=1/100000", first.Headers.GetValues("Sforce-Limit-Info").Single());
        Assert.Equal(403, (int)second.StatusCode);
        Assert.Equal("REQUEST_LIMIT_EXCEEDED", (await RunningSimulator.Json(second))[0].GetProperty("errorCode").GetString());
    }
}
