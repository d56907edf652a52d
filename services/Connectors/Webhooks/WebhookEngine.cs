using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Hosting;

namespace Pipeline.Connectors.Webhooks;

/// <summary>Puts the webhooks together for the systems that have a secret for theirs: one reader a system.</summary>
public static class WebhookEngine
{
    /// <summary>Needs the engine of <see cref="ConnectorEngine"/> and <see cref="IKeepDeliveries"/> besides.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IReadOnlyList<ConfiguredSystem> systems)
    {
        var open = systems.Where(system => system.System.Webhook is not null).ToList();
        var readers = open.ToDictionary(system => system.Name, _ => new WakeUp());
        services.AddSingleton(new WebhookBoard(open));
        services.AddSingleton(provider => new DeliveryWriter(provider.GetRequiredService<IKeepDeliveries>(), readers));
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryWriter>());
        services.AddHostedService<DeliveryMemory>();
        foreach (var system in open)
            services.AddSingleton<IHostedService>(provider => new DeliveryReader(
                system, provider.GetRequiredService<IKeepDeliveries>(),
                new NamedRecords(system, provider.GetRequiredKeyedService<VendorClient>(system.Name), provider.GetRequiredKeyedService<PaceGate>(system.Name), provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<IPublishRecords>(), provider.GetRequiredService<WebhookBoard>(), readers[system.Name],
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DeliveryReader>>()));
        return services;
    }
}
