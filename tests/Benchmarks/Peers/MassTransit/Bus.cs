using System.Text.Json;
using MassTransit;
using Pipeline.Benchmarks.Peers.Job;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit for both of its peers: plain JSON from any publisher, quorum queues, exchanges as the contracts name them.</summary>
internal static class Bus
{
    public static void ReadsAndSays(this IRabbitMqBusFactoryConfigurator bus, Uri broker)
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

    public static void Endpoint<TConsumer>(this IRabbitMqBusFactoryConfigurator bus, IRegistrationContext context, string queue, Action<IRabbitMqReceiveEndpointConfigurator>? configure = null)
        where TConsumer : class, IConsumer =>
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.SetQuorumQueue(1);
            endpoint.PublishFaults = false;
            endpoint.UseMessageRetry(retry => retry.Immediate(5));
            configure?.Invoke(endpoint);
            endpoint.ConfigureConsumer<TConsumer>(context);
        });
}
