using Pipeline.VendorSimulator.Settings;
using RabbitMQ.Client;

namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>
/// Publishes the script as any program would that has an AMQP client and has read the contract: persistent, confirmed, with a
/// message id and a W3C trace header, and nothing of the pipeline's own. Where the broker is away it goes on from the first
/// message that was not confirmed.
/// </summary>
public sealed partial class PortalPublisher(
    PortalScript script, PublishProgress progress, SimulatorSettings settings, IConfiguration configuration, TimeProvider clock, ILogger<PortalPublisher> logger)
    : BackgroundService
{
    private const string Exchange = "child-object-received";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(configuration["PIPELINE_RABBITMQ"]!), ClientProvidedName = "portal", AutomaticRecoveryEnabled = false };
        while (progress.Confirmed < script.Messages.Count)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(stoppingToken);
                await PublishRest(connection, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: the messages that are not confirmed are still to be sent. Only the kind is logged, for texts may hold the address.
                LogInterrupted(progress.Confirmed, exception.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }

        LogDone(progress.Confirmed);
    }

    private async Task PublishRest(IConnection connection, CancellationToken stop)
    {
        // No rate limiter of the client's own: a beat's messages are the window. Its default one sleeps as its window fills.
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        await using var channel = await connection.CreateChannelAsync(options, stop);
        await channel.ExchangeDeclarePassiveAsync(Exchange, stop);
        var perBeat = Math.Max(1, (int)(settings.PublishPerSecond * Beat.TotalSeconds));
        var beat = TimeSpan.FromSeconds((double)perBeat / settings.PublishPerSecond);
        foreach (var messages in script.Messages.Skip(progress.Confirmed).Chunk(perBeat))
        {
            var next = Task.Delay(beat, clock, stop);
            await Task.WhenAll(messages.Select(message => Publish(channel, message, stop)));
            progress.Confirmed += messages.Length;
            await next;
        }
    }

    /// <summary>Ends when the broker has confirmed; mandatory, so that a message that no queue takes is an error and not a loss.</summary>
    private static async Task Publish(IChannel channel, PortalMessage message, CancellationToken stop)
    {
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = "application/json",
            MessageId = message.Id.ToString(),
            Headers = new Dictionary<string, object?> { ["traceparent"] = message.TraceParent },
        };
        await channel.BasicPublishAsync(Exchange, routingKey: "", mandatory: true, properties, message.Body, stop);
    }

    [LoggerMessage(1, LogLevel.Information, "The portal stands at {Confirmed} confirmed messages and tries again: {Why}.")]
    private partial void LogInterrupted(int confirmed, string why);

    [LoggerMessage(2, LogLevel.Information, "The portal has published all of its {Confirmed} messages.")]
    private partial void LogDone(int confirmed);
}
