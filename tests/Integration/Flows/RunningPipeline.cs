using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters;
using Pipeline.Gatekeeper;
using Pipeline.SystemOfRecord;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>The gatekeeper, the system of record and the office, built as their programs build them, on a broker and a database of this test's own.</summary>
public sealed class RunningPipeline : IAsyncDisposable
{
    /// <summary>Customers of <c>crm</c> that <c>billing</c> has as active.</summary>
    public const string Rules = """
        system_of_record: crm
        filter: { field: Type, equals: Customer }
        paths: [{ system: billing, where: { field: status, equals: Active } }]
        """;

    private const string Key = "test-key";
    private readonly List<WebApplication> _services = [];
    private readonly HttpClient _client = new();

    private RunningPipeline(World world) => World = world;

    public World World { get; }

    public Outsider Outsider => World.Outsider;

    /// <summary>Where the office answers.</summary>
    public Uri Office => _client.BaseAddress!;

    /// <summary>Accounts come from <c>crm</c>; customers are let in that <c>billing</c> has as active.</summary>
    public static async Task<RunningPipeline> Start(World world, params string[] settings)
    {
        var pipeline = new RunningPipeline(world);
        var gatekeeper = await pipeline.Run(GatekeeperService.Build, settings);
        var systemOfRecord = await pipeline.Run(SystemOfRecordService.Build,
        [
            $"--Rules:File={RulesFileOf.Text(Rules)}", .. settings,
        ]);
        var office = await pipeline.Run(DeadLettersService.Build, [$"--PIPELINE_RABBITMQ_MANAGEMENT={world.Management}", "--DeadLetters:LookEvery=00:00:01", $"--PIPELINE_GATEKEEPER_URL={gatekeeper}", $"--PIPELINE_SYSTEM_OF_RECORD_URL={systemOfRecord}", .. settings]);
        pipeline._client.BaseAddress = office;
        pipeline._client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return pipeline;
    }

    public Task Child(string nativeId, string claim, string type = "ticket", string source = "desk", int minute = 0) =>
        Outsider.Publish(Exchanges.ChildObjectReceived, Bodies.Child(nativeId, claim, type, source, minute));

    /// <summary>A record of the system of record that passes the filter, and is known to billing.</summary>
    public async Task Account(string accountId, string nativeId)
    {
        await Record(accountId, nativeId);
        await Evidence(nativeId);
    }

    public Task Record(string accountId, string nativeId, string type = "Customer", int minute = 0, string more = "") =>
        Outsider.Publish(Exchanges.AccountDiscovered, Bodies.Record(accountId, nativeId, type, minute, more));

    public Task Evidence(string linkedTo, string status = "Active", int minute = 0) =>
        Outsider.Publish(Exchanges.AccountDiscovered, Bodies.Evidence(linkedTo, status, minute));

    /// <summary>A record of the help desk that carries an account_id: what its children name as their parent.</summary>
    public Task Parent(string nativeId, string accountId, int minute = 0) => Outsider.Publish(Exchanges.AccountDiscovered,
        $$"""{"source":"desk","native_id":"{{nativeId}}","observed_at":"2026-01-01T00:{{minute:00}}:00Z","account_id":"{{accountId}}"}""");

    public Task<WhyReport> Why(string nativeId, string place, string type = "ticket", string source = "desk") => Eventually(
        $"{source} {type} {nativeId} is {place}",
        () => Get<WhyReport>($"/api/why?source={source}&type={type}&id={nativeId}"),
        why => why.Places[0].Place == place);

    /// <summary>The account once the system of record has decided so; and where it is out, once the gatekeeper has heard of it: until then children of it are let in.</summary>
    public async Task<AccountReport> AccountIs(string id, string state, Func<AccountReport, bool>? and = null)
    {
        var report = await Eventually(
            $"account {id} is {state}", () => Get<AccountReport>($"/api/accounts?id={id}"), account => account.State == state && (and is null || and(account)));
        if (state == "withdrawn")
            await Eventually($"the gatekeeper has heard that {id} is out", () => World.Number($"select count(*) from gatekeeper.accounts where account_id = '{id}' and standing = 'withdrawn'"), count => count == 1);
        return report;
    }

    /// <summary>The ledger once nothing is on its way, with as many messages received as the test has sent.</summary>
    public Task<PipelineLedger> Ledger(long received) => Eventually(
        $"the ledger is settled and has received {received}",
        () => Get<PipelineLedger>("/api/ledger"),
        ledger => ledger.Received == received && ledger.Balanced && ledger.InFlight.Announcements == 0 && ledger.InFlight.DeadLetters == 0 && ledger.InFlight.Queues.Values.All(depth => depth == 0));

    public Task<IReadOnlyList<DeadLetterLine>> DeadLetters(int count) => Eventually(
        $"the office keeps {count} dead letters", () => Get<IReadOnlyList<DeadLetterLine>>("/api/dead-letters?limit=1000"), letters => letters.Count == count);

    public Task<byte[]> BodyOf(DeadLetterLine letter) => _client.GetByteArrayAsync(new Uri($"/api/dead-letters/{letter.Id}/body", UriKind.Relative));

    public Task<string> Text(string path) => _client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<T> Get<T>(string path) where T : class
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
        return (T)JsonSerializer.Deserialize(body, PipelineJson.Report.GetTypeInfo(typeof(T))!)!;
    }

    public async Task<(HttpStatusCode Status, string Detail)> Post(string path, string body)
    {
        using var content = new StringContent(body);
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task Put(string path, string body)
    {
        using var content = new StringContent(body);
        using var response = await _client.PutAsync(new Uri(path, UriKind.Relative), content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Orders something for many letters, as the command line and the page do.</summary>
    public async Task<OperationReport> Order(OperationOrder order, string? idempotencyKey = null)
    {
        var (status, body) = await TryOrder(order, idempotencyKey);
        Assert.True(status == HttpStatusCode.OK, $"{(int)status} {body}");
        return JsonSerializer.Deserialize(body, PipelineJson.Report.OperationReport)!;
    }

    public async Task<(HttpStatusCode Status, string Body)> TryOrder(OperationOrder order, string? idempotencyKey = null, string path = "/api/operations")
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(order, PipelineJson.Report.OperationOrder));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The operation once it runs no more.</summary>
    public Task<OperationReport> Ended(OperationReport operation) =>
        Eventually($"operation {operation.Id} has ended", () => Get<OperationReport>($"/api/operations/{operation.Id}"), report => report.State != "running");

    /// <summary>The letter as the office shows it.</summary>
    public Task<DeadLetterReport> Letter(Guid id) => Get<DeadLetterReport>($"/api/dead-letters/{id}");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var service in _services) await service.DisposeAsync();
    }

    private async Task<Uri> Run(Func<string[], WebApplication> build, string[] settings)
    {
        var service = build([$"--PIPELINE_RABBITMQ={World.RabbitMq}", $"--PIPELINE_POSTGRES={World.Postgres}", $"--PIPELINE_KEY={Key}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. settings]);
        await service.StartAsync();
        _services.Add(service);
        return new Uri(service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
