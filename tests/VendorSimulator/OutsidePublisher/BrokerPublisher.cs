using RabbitMQ.Client;

namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>
/// Publishes as any program would that has an AMQP client and has read the contract: persistent, confirmed, with a message id and
/// a W3C trace header, and nothing of the pipeline's own; each publisher on a connection of its own. Where the broker is away it
/// goes on from the first message that was not confirmed.
/// </summary>
public sealed partial class BrokerPublisher(IEnumerable<IPublishOutside> publishers, PublishProgress progress, IConfiguration configuration, TimeProvider clock, ILogger<BrokerPublisher> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(publishers.Select(publisher => PublishAll(publisher, stoppingToken)));

    private async Task PublishAll(IPublishOutside publisher, CancellationToken stop)
    {
        var factory = new ConnectionFactory { Uri = new Uri(configuration["PIPELINE_RABBITMQ"]!), ClientProvidedName = publisher.Name, AutomaticRecoveryEnabled = false };
        while (progress.Of(publisher) < publisher.Messages.Count)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(stop);
                await PublishRest(publisher, connection, stop);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                // Whatever it was: the messages that are not confirmed are still to be sent. Only the kind is logged, for texts may hold the address.
                LogInterrupted(publisher.Name, progress.Of(publisher), exception.GetType().Name);
                await Task.Delay(Pause, clock, stop);
            }
        }

        LogDone(publisher.Name, progress.Of(publisher));
    }

    private async Task PublishRest(IPublishOutside publisher, IConnection connection, CancellationToken stop)
    {
        // No rate limiter of the client's own: a beat's messages are the window. Its default one sleeps as its window fills.
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
        await using var channel = await connection.CreateChannelAsync(options, stop);
        var perBeat = Math.Max(1, (int)(publisher.Pace * Beat.TotalSeconds));
        var beat = TimeSpan.FromSeconds((double)perBeat / publisher.Pace);
        foreach (var messages in publisher.Messages.Skip(progress.Of(publisher)).Chunk(perBeat))
        {
            var next = Task.Delay(beat, clock, stop);
            await Task.WhenAll(messages.Select(message => Publish(channel, message, stop)));
            progress.Confirmed(publisher, messages.Length);
            await next;
        }
    }

    /// <summary>Ends when the broker has confirmed; mandatory, so that a message that no queue takes is an error and not a loss.</summary>
    private static async Task Publish(IChannel channel, OutsideMessage message, CancellationToken stop)
    {
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = "application/json",
            MessageId = message.Id.ToString(),
            Headers = new Dictionary<string, object?> { ["traceparent"] = message.TraceParent },
        };
        await channel.BasicPublishAsync(message.Exchange, routingKey: "", mandatory: true, properties, message.Body, stop);
    }

    [LoggerMessage(1, LogLevel.Information, "{Publisher} stands at {Confirmed} confirmed messages and tries again: {Why}.")]
    private partial void LogInterrupted(string publisher, int confirmed, string why);

    [LoggerMessage(2, LogLevel.Information, "{Publisher} has published all of its {Confirmed} messages.")]
    private partial void LogDone(string publisher, int confirmed);
}
