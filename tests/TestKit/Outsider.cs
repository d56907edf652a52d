using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Pipeline.TestKit;

/// <summary>One message as it lay in a queue.</summary>
public sealed record Letter(byte[] Body, IReadOnlyBasicProperties Properties)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header as text, whatever AMQP type carried it; null where it is absent.</summary>
    public string? Header(string name) => Properties.Headers?.TryGetValue(name, out var value) == true
        ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString()
        : null;
}

/// <summary>Somebody outside the pipeline: a plain AMQP client that knows exchanges, queues and bytes. Connects on first use, and again where the broker has been away.</summary>
public sealed class Outsider(Uri broker) : IAsyncDisposable
{
    // Without the client's own recovery: after a broker that was killed fifty times it has been seen to give up.
    private readonly ConnectionFactory factory = new() { Uri = broker, ClientProvidedName = "outsider", AutomaticRecoveryEnabled = false };
    private readonly SemaphoreSlim connecting = new(1, 1);
    private IConnection? connection;

    public Task Publish(string exchange, string body, string routingKey = "", BasicProperties? properties = null) =>
        Publish(exchange, [Encoding.UTF8.GetBytes(body)], routingKey, properties);

    /// <summary>Persistent, confirmed, mandatory: a body that reaches no queue is an exception here.</summary>
    public async Task Publish(string exchange, IEnumerable<byte[]> bodies, string routingKey = "", BasicProperties? properties = null)
    {
        // Without the library's limiter, which sleeps up to a second as its window fills.
        await using var channel = await (await Connected()).CreateChannelAsync(new CreateChannelOptions(true, true, null));
        properties ??= new BasicProperties { ContentType = "application/json" };
        properties.Persistent = true;
        foreach (var window in bodies.Chunk(500))
            await Task.WhenAll(window.Select(body => channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body).AsTask()));
    }

    /// <summary>Declares a queue of this test's own that receives all that goes through <paramref name="exchange"/>.</summary>
    /// <param name="isReplicated">Whether it outlives the node that it is on.</param>
    /// <returns>The queue's name.</returns>
    public async Task<string> Listen(string exchange, string exchangeType = ExchangeType.Fanout, bool isReplicated = false)
    {
        await using var channel = await Channel();
        await channel.ExchangeDeclareAsync(exchange, exchangeType, durable: true, autoDelete: false);
        var queue = await channel.QueueDeclareAsync($"test-hears-{exchange}-{Guid.CreateVersion7():N}", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = isReplicated ? "quorum" : "classic" });
        await channel.QueueBindAsync(queue.QueueName, exchange, "#");
        return queue.QueueName;
    }

    /// <summary>Messages ready in a queue; those handed to a consumer and not yet acknowledged do not count.</summary>
    public async Task<uint> Depth(string queue)
    {
        await using var channel = await Channel();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    /// <summary>Takes all messages that are ready out of a queue, oldest first.</summary>
    public async Task<IReadOnlyList<Letter>> Take(string queue)
    {
        await using var channel = await Channel();
        var ready = (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        var letters = new ConcurrentQueue<Letter>();
        if (ready == 0) return [];
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, got) =>
        {
            letters.Enqueue(new(got.Body.ToArray(), new BasicProperties(got.BasicProperties)));
            return Task.CompletedTask;
        };
        // Millions are asked for after a long run: one by one they would take longer than the run.
        var tag = await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        for (var (before, idle) = (0, 0); letters.Count < ready && idle < 50; before = letters.Count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(letters.Count == before ? 100 : 20), TimeProvider.System);
            idle = letters.Count == before ? idle + 1 : 0;
        }

        await channel.BasicCancelAsync(tag);
        return [.. letters];
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        connecting.Dispose();
    }

    private async Task<IChannel> Channel() => await (await Connected()).CreateChannelAsync();

    private async Task<IConnection> Connected()
    {
        await connecting.WaitAsync();
        try
        {
            if (connection is { IsOpen: true } open) return open;
            if (connection is not null) await connection.DisposeAsync();
            connection = null;
            return connection = await factory.CreateConnectionAsync();
        }
        finally
        {
            connecting.Release();
        }
    }
}
