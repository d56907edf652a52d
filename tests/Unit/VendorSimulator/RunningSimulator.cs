using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.VendorSimulator;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>The real program on a port of its own, and a client as plain as can be.</summary>
public sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSimulator(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    /// <summary>A system as the program has it.</summary>
    public T Vendor<T>() where T : Vendor => _app.Services.GetRequiredService<T>();

    /// <summary>What a system tells by its webhook now, as it would be sent now.</summary>
    public IReadOnlyList<WebhookCall> Told(string system, TimeProvider clock) =>
        [.. _app.Services.GetServices<Vendor>().Single(vendor => vendor.Name == system).Told().Select(call => call(clock.GetUtcNow()))];

    /// <summary>Only these systems, by their names with commas: to make the data of all takes a while.</summary>
    public static Task<RunningSimulator> Of(string systems, TimeProvider? clock = null, params string[] settings) => Start(clock, [$"--Simulator:Systems={systems}", .. settings]);

    /// <summary>Refusals of every n-th request are off unless a test turns them on.</summary>
    public static async Task<RunningSimulator> Start(TimeProvider? clock = null, params string[] settings)
    {
        var app = Simulator.Build(
            ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--hostBuilder:reloadConfigOnChange=false", "--Simulator:Salesforce:RefuseEvery=0", "--Simulator:Zuora:RefuseEvery=0", "--Simulator:Zendesk:RefuseEvery=0", "--Simulator:Salesforce:TokenRequests=100000", .. settings],
            clock);
        await app.StartAsync();
        return new RunningSimulator(app);
    }

    public async Task<HttpResponseMessage> Get(string path, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        return await Client.SendAsync(request);
    }

    public async Task<JsonElement> GetJson(string path, AuthenticationHeaderValue? authorization = null)
    {
        using var response = await Get(path, authorization);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await Json(response);
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public Task<HttpResponseMessage> AskToken(string path, string id = "simulator-client", string secret = "simulator-secret") => Client.PostAsync(
        path, new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret }));

    public async Task<AuthenticationHeaderValue> SalesforceToken() => await Bearer("/salesforce/services/oauth2/token");

    public async Task<AuthenticationHeaderValue> ZuoraToken() => await Bearer("/zuora/oauth/token");

    public static AuthenticationHeaderValue ZendeskToken(string email = "agent@simulator.example", string token = "simulator-token") =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}/token:{token}")));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<AuthenticationHeaderValue> Bearer(string path)
    {
        using var response = await AskToken(path);
        return new AuthenticationHeaderValue("Bearer", (await Json(response)).GetProperty("access_token").GetString());
    }
}
