using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.TestKit.Finding;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Pipeline.Benchmarks.Machine;

/// <summary>A broker and a database with fresh data directories, for one cell and no other. Both flush what they confirm.</summary>
internal sealed class Site : IAsyncDisposable
{
    private const int ManagementPort = 15672;
    private readonly IContainer _broker;
    private readonly IContainer _database;

    private Site(IContainer broker, IContainer database, Servers servers, ProcessTree brokerTime, ProcessTree databaseTime) =>
        (_broker, _database, Servers, BrokerTime, DatabaseTime) = (broker, database, servers, brokerTime, databaseTime);

    public Servers Servers { get; }

    public ProcessTree BrokerTime { get; }

    public ProcessTree DatabaseTime { get; }

    /// <summary>How the database is set; the same for every peer.</summary>
    public static IReadOnlyList<string> DatabaseSettings { get; } =
        ["max_connections=200", "fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min"];

    private static readonly IReadOnlyList<string> Profiling = ["shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on"];

    /// <summary>Whether the database keeps count of its statements, which costs it a little.</summary>
    public bool IsProfiled { get; private init; }

    /// <exception cref="BenchmarkException">No Docker engine answers.</exception>
    public static async Task<Site> StartAsync(bool profiled = false)
    {
        try
        {
            var broker = new RabbitMqBuilder("rabbitmq:4-management").WithLogger(NullLogger.Instance).WithHostname("broker").WithPortBinding(ManagementPort, assignRandomHostPort: true).Build();
            var database = new PostgreSqlBuilder("postgres:17").WithLogger(NullLogger.Instance).WithCommand([.. DatabaseSettings.Concat(profiled ? Profiling : []).SelectMany(setting => (string[])["-c", setting])]).Build();
            await Task.WhenAll(broker.StartAsync(), database.StartAsync());
            var servers = new Servers(
                "containers of the benchmark",
                new Uri(broker.GetConnectionString()),
                new UriBuilder("http", broker.Hostname, broker.GetMappedPublicPort(ManagementPort)).Uri,
                database.GetConnectionString());
            return new Site(broker, database, servers, await TimeOfAsync(broker), await TimeOfAsync(database)) { IsProfiled = profiled };
        }
        catch (Exception exception) when (exception is DockerUnavailableException or DockerApiException)
        {
            throw new BenchmarkException($"The benchmark runs a broker and a database of its own, in containers: start a Docker engine. {exception.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<ProcessTree> TimeOfAsync(IContainer container)
    {
        using var engine = new DockerClientBuilder().WithEndpoint(TestcontainersSettings.OS.DockerEndpointAuthConfig.Endpoint).Build();
        return new ProcessTree((int)((await engine.Containers.InspectContainerAsync(container.Id)).State?.Pid ?? 0));
    }
}
