using System.Text.Encodings.Web;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Contracts;

namespace Pipeline.Hosting.Broker;

/// <summary>MassTransit as the pipeline uses it: plain snake_case JSON, our exchange names, no message of its own on the wire.</summary>
public static class PipelineBus
{
    public static IServiceCollection AddPipelineBus(
        this IServiceCollection services,
        Settings settings,
        Action<IBusRegistrationConfigurator>? register = null,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>? configure = null) =>
        services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            register?.Invoke(registration);
            registration.UsingRabbitMq((context, bus) =>
            {
                bus.Host(settings.Broker);
                bus.ClearSerialization();
                bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType | RawSerializerOptions.AddTransportHeaders | RawSerializerOptions.CopyHeaders, isDefault: true);
                bus.ConfigureJsonSerializerOptions(Wire);
                Named<AccountDiscovered>(bus, Exchanges.AccountDiscovered);
                Named<ChildObjectReceived>(bus, Exchanges.ChildObjectReceived);
                Named<UserMapped>(bus, Exchanges.UserMapped);
                bus.ConfigurePublish(publish => publish.UseFilter(new TraceParentFilter()));
                configure?.Invoke(context, bus);
            });
        });

    private static void Named<T>(IRabbitMqBusFactoryConfigurator bus, string exchange) where T : class
    {
        bus.Message<T>(message => message.SetEntityName(exchange));
        bus.Publish<T>(publish => publish.ExchangeType = RabbitMQ.Client.ExchangeType.Fanout);
    }

    private static JsonSerializerOptions Wire(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
