using System.Net.Http.Headers;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class AuthenticationTests
{
    private const string Query = "/salesforce/services/data/v63.0/query?q=SELECT+Id+FROM+Account+LIMIT+1";

    private readonly HandClock _clock = new();

    [Theory]
    [InlineData("someone", "simulator-secret", "invalid_client_id")]
    [InlineData("simulator-client", "wrong", "invalid_client")]
    public async Task Salesforce_gives_no_token_for_wrong_credentials(string id, string secret, string error)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.AskToken("/salesforce/services/oauth2/token", id, secret);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(error, (await RunningSimulator.Json(response)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_salesforce_token_ends_after_its_requests()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Salesforce:TokenRequests=2");
        var token = await simulator.SalesforceToken();
        await simulator.GetJson(Query, token);
        await simulator.GetJson(Query, token);
        await AssertEnded(simulator, token);
        await simulator.GetJson(Query, await simulator.SalesforceToken());
    }

    [Fact]
    public async Task A_salesforce_token_ends_after_its_time()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", _clock);
        var token = await simulator.SalesforceToken();
        _clock.Pass(299);
        await simulator.GetJson(Query, token);
        _clock.Pass(1);
        await AssertEnded(simulator, token);
    }

    [Fact]
    public async Task The_token_answer_says_where_the_instance_is()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.AskToken("/salesforce/services/oauth2/token");
        var answer = await RunningSimulator.Json(response);
        Assert.Equal($"{simulator.Client.BaseAddress}salesforce", answer.GetProperty("instance_url").GetString());
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
    }

    [Theory]
    [InlineData("someone", "simulator-secret")]
    [InlineData("simulator-client", "wrong")]
    public async Task Zuora_gives_no_token_for_wrong_credentials(string id, string secret)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.AskToken("/zuora/oauth/token", id, secret);
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Zuora_protects_its_accounts()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.Get("/zuora/object-query/accounts", new AuthenticationHeaderValue("Bearer", "made-up"));
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(90000011, (await RunningSimulator.Json(response)).GetProperty("reasons")[0].GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("someone@simulator.example", "simulator-token")]
    [InlineData("agent@simulator.example", "wrong")]
    public async Task Zendesk_does_not_know_wrong_credentials(string email, string token)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.Get("/zendesk/api/v2/incremental/users/cursor.json?start_time=0", RunningSimulator.ZendeskToken(email, token));
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("Couldn't authenticate you", (await RunningSimulator.Json(response)).GetProperty("error").GetString());
    }

    private static async Task AssertEnded(RunningSimulator simulator, AuthenticationHeaderValue token)
    {
        using var response = await simulator.Get(Query, token);
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("INVALID_SESSION_ID", (await RunningSimulator.Json(response))[0].GetProperty("errorCode").GetString());
    }
}
