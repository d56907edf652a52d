using RabbitMQ.Client;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// Publishes with confirms: when a call returns, the broker has stored every message of it. Over a connection of its own: a
/// broker that takes no messages stops reading from whoever publishes, and would hear no acknowledgement from there either.
/// </summary>
/// <param name="broker">For this publisher alone, which ends it.</param>
public sealed class Publisher(BrokerConnection broker) : IAsyncDisposable
{
    /// <summary>How many messages may wait for their confirm at once. Measured: 200 to 1,000 is fastest, far more is slower.</summary>
    private const int Window = 500;

    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IChannel? _channel;

    /// <summary>Why the broker takes no messages at the moment; null while it does.</summary>
    public string? Blocked => broker.Blocked;

    /// <summary>
    /// Publishes all, in order. If it throws, any part of them may have been published; saying them again, with the same ids, is safe.
    /// </summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">The broker refused one, or has no queue for a mandatory one.</exception>
    public async Task PublishAsync(IReadOnlyList<Outgoing> messages, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var channel = await ChannelAsync(cancellation);
            var confirms = new Queue<Task>(Math.Min(Window, messages.Count));
            foreach (var message in messages)
            {
                if (confirms.Count == Window) await confirms.Dequeue(); // the oldest; the others are on their way meanwhile
                confirms.Enqueue(channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.Mandatory, Properties(message), message.Body, cancellation).AsTask());
            }

            await Task.WhenAll(confirms);
        }
        catch
        {
            await DropChannelAsync();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropChannelAsync(); // who waits for a confirm is told that none will come
        if (await _gate.WaitAsync(LastWait)) _gate.Dispose();
        await broker.DisposeAsync();
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true } open) return open;
        await DropChannelAsync();
        // No rate limiter: the client's own sleeps as its window fills, and the window above bounds the outstanding confirms.
        return _channel = await broker.OpenChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellation);
    }

    private async Task DropChannelAsync()
    {
        if (_channel is { } channel) await channel.DisposeAsync();
        _channel = null;
    }

    private static BasicProperties Properties(Outgoing message) => new()
    {
        Persistent = true,
        MessageId = message.MessageId,
        ContentType = "application/json",
        Headers = message.Headers.Count == 0 ? null : message.Headers.ToDictionary(header => header.Key, header => (object?)header.Value),
    };
}
