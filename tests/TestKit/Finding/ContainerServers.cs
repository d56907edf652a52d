using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Pipeline.TestKit.Finding;

/// <summary>One container each through Testcontainers, ended with the process.</summary>
public static class ContainerServers
{
    private const int ManagementPort = 15672;

    public static async Task<Search> Look(Func<string, string?> environment)
    {
        if (environment("PIPELINE_SERVICES") == "local") return Search.Nothing("PIPELINE_SERVICES=local leaves containers out.");
        if (environment(GivenServers.RabbitMq) is { Length: > 0 } || environment(GivenServers.Postgres) is { Length: > 0 })
            return Search.Nothing("One address alone is given, so containers are left out.");
        return await Start();
    }

    public static async Task<Search> Start()
    {
        try
        {
            var broker = new RabbitMqBuilder("rabbitmq:4-management").WithPortBinding(ManagementPort, assignRandomHostPort: true).Build();
            var database = new PostgreSqlBuilder("postgres:17").WithCommand("-c", "max_connections=300").Build();
            EndWithProcess(broker, database);
            await Task.WhenAll(broker.StartAsync(), database.StartAsync());
            var management = new UriBuilder("http", broker.Hostname, broker.GetMappedPublicPort(ManagementPort)).Uri;
            return Search.Success(new Servers("containers", new Uri(broker.GetConnectionString()), management, database.GetConnectionString()));
        }
        catch (DockerUnavailableException)
        {
            return Search.Nothing("No Docker engine answers.");
        }
        catch (Exception refused) when (refused is Docker.DotNet.DockerApiException or TimeoutException)
        {
            return Search.Nothing($"The Docker engine could not run the containers: {refused.Message}");
        }
    }

    private static void EndWithProcess(params DockerContainer[] containers) =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            Task.WhenAll(containers.Select(container => container.DisposeAsync().AsTask())).GetAwaiter().GetResult();
}
