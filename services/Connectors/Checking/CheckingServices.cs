using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;
using Polly;

namespace Pipeline.Connectors.Checking;

/// <summary>Adds the checks to the engine, whose gates they keep to.</summary>
public static class CheckingServices
{
    public static IServiceCollection AddChecking(this IServiceCollection services, IReadOnlyList<ConfiguredSystem> systems, IReadOnlyList<IConnector> connectors)
    {
        foreach (var system in systems) AddHttp(services, system);
        return services.AddSingleton(provider => new SystemChecks(
            systems, connectors, provider.GetRequiredService<IHttpClientFactory>(), provider, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddHttp(IServiceCollection services, ConfiguredSystem system)
    {
        var client = services.AddHttpClient(SystemChecks.ClientOf(system), http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers() // they write addresses with their queries
            .ConfigurePrimaryHttpMessageHandler(ConnectorEngine.Sockets);
        client.AddResilienceHandler("patience", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddTimeout(SystemChecks.PatienceWith(system));
        });
        client.AddHttpMessageHandler(() => new RequestCounter(system.Name));
        client.AddHttpMessageHandler(() => new WholeAnswer());
    }
}
