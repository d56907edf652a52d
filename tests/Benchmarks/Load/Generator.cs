using System.Diagnostics;
using RabbitMQ.Client;

namespace Pipeline.Benchmarks.Load;

/// <summary>Publishes persistent messages with confirms: all at once before a clock starts, or at a rate while it runs.</summary>
internal sealed class Generator(Uri broker) : IAsyncDisposable
{
    private const int Window = 500;
    private readonly Lazy<Task<IConnection>> _connection = new(() => new ConnectionFactory { Uri = broker, ClientProvidedName = "generator" }.CreateConnectionAsync());

    public async Task PublishAsync(IEnumerable<Message> messages)
    {
        await using var channel = await OpenAsync();
        foreach (var window in messages.Chunk(Window)) await Task.WhenAll(window.Select(message => PublishAsync(channel, message)));
    }

    /// <summary>
    /// Publishes at a rate, open loop: a slow consumer, or a slow broker, does not slow it. The n-th message is due n/rate after
    /// the start, and it is from there that its latency is counted.
    /// </summary>
    /// <param name="perSecond">1 to about 10,000; infinity for as fast as the broker confirms.</param>
    /// <param name="due">Told when each message was due, on the clock of <see cref="Stopwatch.GetTimestamp"/>, before it is published.</param>
    public async Task PublishAsync(IEnumerable<Message> messages, double perSecond, Action<int, long> due, CancellationToken cancellation = default)
    {
        await using var channel = await OpenAsync();
        var start = Stopwatch.GetTimestamp();
        var (number, waiting) = (0, new List<Task>());
        foreach (var message in messages)
        {
            var at = start + (long)(number / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < at)
            {
                if (cancellation.IsCancellationRequested) break;
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            }

            if (cancellation.IsCancellationRequested) break;
            due(number++, at);
            waiting.Add(PublishAsync(channel, message));
            if (waiting.Count < Window) continue;
            waiting.RemoveAll(task => task.IsCompletedSuccessfully);
            if (waiting.Count >= Window * 4) await Task.WhenAll(waiting);
        }

        await Task.WhenAll(waiting);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated) await (await _connection.Value).DisposeAsync();
    }

    private static Task PublishAsync(IChannel channel, Message message) => channel.BasicPublishAsync(message.Exchange, "", mandatory: true,
        new BasicProperties { Persistent = true, ContentType = "application/json", MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString() }, message.Body).AsTask();

    // Without the library's limiter, which sleeps up to a second as its window fills.
    private async Task<IChannel> OpenAsync() => await (await _connection.Value).CreateChannelAsync(new CreateChannelOptions(true, true, null));
}
