using JasperFx;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit with a Marten session a message, as both of the plain programs are.</summary>
internal static class PlainHost
{
    public static IHost Build(Addresses addresses, Action<StoreOptions> documents, Action<IBusRegistrationConfigurator> consumers, Action<IRabbitMqBusFactoryConfigurator, IRegistrationContext> endpoints)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMarten(options =>
        {
            options.Connection(addresses.Database);
            options.DatabaseSchemaName = "plain";
            options.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
            documents(options);
        }).UseLightweightSessions().ApplyAllDatabaseChangesOnStartup();
        builder.Services.AddBus(addresses.Broker, consumers, endpoints);
        return builder.Build();
    }
}
