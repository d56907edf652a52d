using MassTransit;
using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Admission.Storage;
using Pipeline.SystemOfRecord.Records;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>MassTransit as this service uses it: it brings cases to their sagas, as plain snake_case JSON. What the sagas decide is announced by the relay.</summary>
internal static class SagaBus
{
    public static void AddSagaBus(this IServiceCollection services, Settings settings)
    {
        services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = true); // ready means ready
        services.AddMassTransit(registration => Configure(registration, settings));
    }

    private static void Configure(IBusRegistrationConfigurator registration, Settings settings)
    {
        registration.DisableUsageTelemetry();
        registration.AddSagaStateMachine<AccountStateMachine, AccountSaga, AccountSagaDefinition>().InMarten();
        registration.UsingRabbitMq((context, bus) =>
        {
            bus.Host(settings.Broker, host =>
            {
                if (settings.Nodes.Count > 1) host.UseCluster(cluster => { foreach (var node in settings.Nodes) cluster.Node(node.ToString()); });
            });
            bus.ClearSerialization();
            bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType | RawSerializerOptions.AddTransportHeaders | RawSerializerOptions.CopyHeaders, isDefault: true);
            bus.ConfigureJsonSerializerOptions(options =>
            {
                options.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
                options.TypeInfoResolverChain.Insert(0, SagaJson.Default);
                return options;
            });
            bus.ConfigureEndpoints(context);
        });
    }
}
