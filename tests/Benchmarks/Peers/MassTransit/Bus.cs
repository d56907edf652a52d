using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Benchmarks.Peers.Job;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit for all that is built with it here: plain JSON from any publisher, quorum queues, exchanges as the contracts name them.</summary>
internal static class Bus
{
    /// <param name="endpoints">Which consumer reads which queue.</param>
    public static void AddBus(this IServiceCollection services, Uri broker, Action<IBusRegistrationConfigurator> consumers, Action<IRabbitMqBusFactoryConfigurator, IRegistrationContext> endpoints)
    {
        services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = true);
        services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            consumers(registration);
            registration.UsingRabbitMq((context, bus) =>
            {
                ReadsAndSays(bus, broker);
                endpoints(bus, context);
            });
        });
    }

    public static void Endpoint<TConsumer>(this IRabbitMqBusFactoryConfigurator bus, IRegistrationContext context, string queue)
        where TConsumer : class, IConsumer =>
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.SetQuorumQueue(1);
            endpoint.PublishFaults = false;
            endpoint.UseMessageRetry(retry => retry.Immediate(5));
            endpoint.ConfigureConsumer<TConsumer>(context);
        });

    private static void ReadsAndSays(IRabbitMqBusFactoryConfigurator bus, Uri broker)
    {
        bus.Host(broker);
        bus.ClearSerialization();
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        bus.ConfigureJsonSerializerOptions(options =>
        {
            options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            return options;
        });
        bus.Message<AcceptedMessage>(message => message.SetEntityName(Exchanges.ChildObjectAccepted));
        bus.Message<ChildMessage>(message => message.SetEntityName(Exchanges.ChildObjectReceived));
        bus.Message<AdmissionMessage>(message => message.SetEntityName(Exchanges.AccountAdmitted));
    }
}
