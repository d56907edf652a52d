using Pipeline.Connectors.Checking;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Drift;
using Pipeline.Connectors.Webhooks;
using Pipeline.Hosting;
using Pipeline.Hosting.Operations;

namespace Pipeline.Connectors;

/// <summary>The service that reads the configured systems and publishes what it finds.</summary>
public static class ConnectorService
{
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = PipelineService.CreateBuilder(args, "connectors");
        var connectors = ConnectorCatalog.Find();
        var systems = ConfiguredSystem.From(builder.Configuration, connectors);

        builder.Logging.AddFilter("Polly", LogLevel.Error); // a line and a stack for every retry; metrics count them, and what remains is shown by its feed
        builder.Services.AddSingleton<IPublishRecords, BrokerRecords>();
        builder.Services.AddSingleton<IKeepCheckpoints, PostgresCheckpoints>();
        builder.Services.AddSingleton<IKeepShapes, PostgresShapes>();
        builder.Services.AddSingleton<IKeepDeliveries, PostgresDeliveries>();
        builder.Services.AddConnectorEngine(systems).AddWebhooks(systems).AddChecking(systems, connectors);

        var app = builder.Build();
        var operations = app.MapOperations();
        operations.MapProgress();
        operations.MapCheck();
        operations.MapWebhookProgress();
        app.MapWebhooks(systems);
        return app;
    }
}
