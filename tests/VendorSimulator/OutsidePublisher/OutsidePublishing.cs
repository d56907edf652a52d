using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.OutsidePublisher;

public static class OutsidePublishing
{
    /// <exception cref="SettingsException">Publishing is on and no broker is named.</exception>
    public static void AddOutsidePublisher(this IHostApplicationBuilder builder)
    {
        foreach (var type in typeof(IPublishOutside).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IPublishOutside)) && !type.IsAbstract))
        {
            builder.Services.AddSingleton(type);
            builder.Services.AddSingleton(services => (IPublishOutside)services.GetRequiredService(type));
            builder.Services.AddSingleton<IKnowsItsChildren>(services => (IPublishOutside)services.GetRequiredService(type));
        }

        builder.Services.AddSingleton<PublishProgress>();
        if (!builder.Configuration.GetValue<bool>("Simulator:Publish")) return;
        if (string.IsNullOrWhiteSpace(builder.Configuration["PIPELINE_RABBITMQ"]))
            throw new SettingsException("Simulator:Publish is true, but PIPELINE_RABBITMQ is not set. Set it to the amqp uri of the broker.");
        if (!Uri.TryCreate(builder.Configuration["PIPELINE_RABBITMQ"], UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            throw new SettingsException("PIPELINE_RABBITMQ is not an amqp uri, as in amqp://user:password@host:5672/vhost.");
        builder.Services.AddHostedService<BrokerPublisher>();
    }
}
