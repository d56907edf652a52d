using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Pipeline.Integration.Tests.OutsidePublishers;

/// <summary>A queue of its own at an exchange, as any reader of the pipeline would bind one.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();
    private string? _deaf;

    private Listener(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<Listener> AtAsync(string broker, string exchange)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        var listener = new Listener(connection, await connection.CreateChannelAsync());
        await listener.ListenAsync(exchange);
        return listener;
    }

    /// <summary>A new exchange that no queue is bound to.</summary>
    public async Task<string> ExchangeWithoutQueueAsync()
    {
        _deaf = $"nobody-listens-{Guid.CreateVersion7():N}";
        await _channel.ExchangeDeclareAsync(_deaf, ExchangeType.Fanout, durable: false);
        return _deaf;
    }

    /// <summary>The next message whose body holds this text; others may use the same broker.</summary>
    public async Task<Arrival> ReceiveAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await foreach (var arrival in _arrivals.Reader.ReadAllAsync(patience.Token))
                if (Encoding.UTF8.GetString(arrival.Body.Span).Contains(text, StringComparison.Ordinal)) return arrival;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"No message with {text} arrived within {Patience.TotalSeconds:0} s.");
        }

        throw new InvalidOperationException("The listener was closed.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_deaf is not null) await _channel.ExchangeDeleteAsync(_deaf);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ListenAsync(string exchange)
    {
        await _channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var queue = await _channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true);
        await _channel.QueueBindAsync(queue.QueueName, exchange, routingKey: "");
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _ = _arrivals.Writer.TryWrite(new Arrival(delivery.Body.ToArray(), new BasicProperties(delivery.BasicProperties)));
            return Task.CompletedTask;
        };
        _ = await _channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }
}

/// <summary>A message as it came.</summary>
internal sealed record Arrival(ReadOnlyMemory<byte> Body, IReadOnlyBasicProperties Properties)
{
    public string? Header(string name) => Properties.Headers is { } headers && headers.TryGetValue(name, out var value) && value is byte[] text ? Encoding.UTF8.GetString(text) : null;
}
