using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Pipeline.Connectors.Engine.Drift;
using Pipeline.Connectors.Engine.Http;
using Polly;

namespace Pipeline.Connectors.Engine;

/// <summary>Puts the engine together for the systems that are configured: one client a system, one poller a feed.</summary>
public static class ConnectorEngine
{
    /// <summary>
    /// Checks the retry's options once, on one thread. Polly checks them by RangeAttribute, which may fail when two threads use it
    /// for the first time, and the client factory would keep that failure: a system could not be read until a restart.
    /// </summary>
    static ConnectorEngine() => _ = new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(Retries()).AddConcurrencyLimiter(1).AddTimeout(TimeSpan.FromSeconds(1)).Build();

    /// <summary>Needs <see cref="IPublishRecords"/>, <see cref="IKeepCheckpoints"/>, <see cref="IKeepShapes"/> and <see cref="TimeProvider"/> besides.</summary>
    public static IServiceCollection AddConnectorEngine(this IServiceCollection services, IReadOnlyList<ConfiguredSystem> systems)
    {
        services.AddVendorClients(systems);
        foreach (var system in systems)
            foreach (var feed in system.System.Feeds) services.AddSingleton<IHostedService>(provider => Poller(provider, system, feed));
        return services;
    }

    /// <summary>What asks the systems and keeps their pace, without what polls them.</summary>
    public static IServiceCollection AddVendorClients(this IServiceCollection services, IReadOnlyList<ConfiguredSystem> systems)
    {
        services.AddSingleton<ProgressBoard>();
        foreach (var system in systems)
        {
            AddHttp(services, system);
            services.AddKeyedSingleton(system.Name, (provider, _) => new VendorClient(system, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));
            services.AddKeyedSingleton(system.Name, (provider, _) => new PaceGate(provider.GetRequiredService<TimeProvider>()));
        }

        return services;
    }

    private static FeedPoller Poller(IServiceProvider provider, ConfiguredSystem system, Feed feed)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var progress = provider.GetRequiredService<ProgressBoard>().Of(system.Name, feed.Name);
        var watch = new SchemaWatch(system.Name, feed, provider.GetRequiredService<IKeepShapes>(), progress, time, provider.GetRequiredService<ILogger<SchemaWatch>>());
        var pages = new PageReader(system.Name, feed, provider.GetRequiredKeyedService<VendorClient>(system.Name),
            provider.GetRequiredService<IPublishRecords>(), provider.GetRequiredService<IKeepCheckpoints>(), watch, time);
        return new FeedPoller(pages, progress,
            provider.GetRequiredKeyedService<PaceGate>(system.Name), system.PollInterval, time, provider.GetRequiredService<ILogger<FeedPoller>>());
    }

    private static void AddHttp(IServiceCollection services, ConfiguredSystem system)
    {
        var client = services.AddHttpClient(system.Name, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers() // they write addresses with their queries; spans and metrics tell the same
            .ConfigurePrimaryHttpMessageHandler(Sockets);
        client.AddResilienceHandler("retries", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            // Waiting for a turn is no part of the attempt and its timeout; waiting for the next attempt takes nobody's turn.
            pipeline.AddRetry(Retries()).AddConcurrencyLimiter(system.Concurrency, queueLimit: int.MaxValue).AddTimeout(system.RequestTimeout);
        });
        client.AddHttpMessageHandler(() => new RequestCounter(system.Name));
        client.AddHttpMessageHandler(() => new WholeAnswer());
    }

    internal static SocketsHttpHandler Sockets() => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the credentials elsewhere, or end at a login page
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>For what passes by itself within seconds. A wait that the system asks for is not among them.</summary>
    private static HttpRetryStrategyOptions Retries() => new()
    {
        MaxRetryAttempts = 4,
        Delay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(20),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldRetryAfterHeader = false,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => false, // larger than what is read
            { Exception: HttpRequestException or HttpIOException or Polly.Timeout.TimeoutRejectedException } => true,
            { Result: { } response } => response.StatusCode == HttpStatusCode.RequestTimeout || ((int)response.StatusCode >= 500 && !Pace.IsAskedFor(response)),
            _ => false,
        }),
    };
}
