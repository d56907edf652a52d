using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Pipeline.Connectors;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters;
using Pipeline.TestKit;
using Pipeline.VendorSimulator;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>A check as it is asked for: the office, the connectors, and a simulated system beyond them.</summary>
public sealed class CheckTests
{
    private const string Key = "test-key";
    private const string WrongToken = "wrong-token-xyz";

    [Fact]
    public async Task The_right_secret_shows_how_many_records_carry_the_account_id_and_reads_nothing_into_the_pipeline()
    {
        await using var world = await World.New();

        var (systems, report) = await CheckAsync(world, "simulator-token");

        Assert.Equal(["zendesk"], systems.Where(system => system.Configured).Select(system => system.System));
        Assert.Equal(("ok", "accepted"), (report.State, report.Credentials));
        Assert.Equal(["organizations", "users", "tickets"], report.Feeds.Select(feed => feed.Feed));
        var organizations = report.Feeds[0].Sample!;
        Assert.Equal(organizations.Read, organizations.AccountIds!.Records);
        Assert.Equal(["external_id"], organizations.AccountIds.Fields);
        Assert.InRange(organizations.AccountIds.Carried, 1, organizations.Read);
        Assert.Equal(organizations.Read, organizations.AccountIds.Forms.Values.Sum());
        Assert.InRange(report.Feeds[2].Sample!.Claims["parent"], 1, 100);
        Assert.StartsWith($"All 3 feeds answer. {organizations.AccountIds.Carried} of {organizations.Read} organizations carry an account_id, ", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_names_the_setting_to_look_at_and_is_not_shown()
    {
        await using var world = await World.New();

        var (_, report) = await CheckAsync(world, WrongToken);

        Assert.Equal(("failed", "refused"), (report.State, report.Credentials));
        Assert.All(report.Feeds, feed => Assert.Equal(("credentials_refused", 401), (feed.Problem!.Code, feed.Problem.Status)));
        Assert.Contains("Connectors__zendesk__ApiToken", report.Verdict, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongToken, JsonSerializer.Serialize(report, PipelineJson.Report.CheckReport), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_that_is_not_configured_lists_its_settings_and_one_that_there_is_not_is_not_found()
    {
        await using var world = await World.New();
        await using var running = await StartAsync(world, "simulator-token");

        var unset = await running.Get("/api/check/stripe", PipelineJson.Report.CheckReport);
        using var unknown = await running.Client.GetAsync(new Uri("/api/check/no-such", UriKind.Relative));

        Assert.Equal("not_configured", unset.State);
        Assert.Contains(unset.Settings, setting => setting is { Name: "Connectors__stripe__ApiKey", IsSecret: true, File: "Connectors__stripe__ApiKeyFile" });
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("There is no system no-such.", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<(IReadOnlyList<SystemLine> Systems, CheckReport Report)> CheckAsync(World world, string token)
    {
        await using var running = await StartAsync(world, token);
        return (await running.Get("/api/check", PipelineJson.Report.IReadOnlyListSystemLine), await running.Get("/api/check/zendesk", PipelineJson.Report.CheckReport));
    }

    private static async Task<Running> StartAsync(World world, string token)
    {
        var simulator = Simulator.Build(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--hostBuilder:reloadConfigOnChange=false", "--Simulator:Zendesk:RefuseEvery=0"], null);
        await simulator.StartAsync();
        string[] ours = [$"--PIPELINE_RABBITMQ={world.RabbitMq}", $"--PIPELINE_POSTGRES={world.Postgres}", $"--PIPELINE_KEY={Key}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Error"];
        var connectors = ConnectorService.Build(
        [
            .. ours, $"--Connectors:zendesk:BaseUrl={simulator.Urls.First()}/zendesk", "--Connectors:zendesk:Email=agent@simulator.example", $"--Connectors:zendesk:ApiToken={token}",
            "--Connectors:zendesk:PageSize=100", "--Connectors:zendesk:PollInterval=1.00:00:00",
        ]);
        await connectors.StartAsync();
        var office = DeadLettersService.Build([.. ours, $"--PIPELINE_CONNECTORS_URL={connectors.Urls.First()}"]);
        await office.StartAsync();
        return new Running([office, connectors, simulator]);
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly WebApplication[] _services;

        public Running(WebApplication[] services)
        {
            _services = services;
            Client = new HttpClient { BaseAddress = new Uri(services[0].Urls.First()) };
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        }

        public HttpClient Client { get; }

        public async Task<T> Get<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        {
            using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
            return JsonSerializer.Deserialize(body, type)!;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            foreach (var service in _services) await service.DisposeAsync();
        }
    }
}
