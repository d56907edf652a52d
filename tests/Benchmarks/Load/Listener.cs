using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Pipeline.Benchmarks.Load;

/// <summary>Whoever listens to what is accepted: a quorum queue that is only filled while a drain is timed, and read at once while latency is.</summary>
internal sealed class Listener : IAsyncDisposable
{
    public const string Queue = "bench-accepted";
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;

    private Listener(IConnection connection, IChannel channel, string queue) => (_connection, _channel, _queue) = (connection, channel, queue);

    public static async Task<Listener> OpenAsync(Uri broker, string exchange, string queue = Queue)
    {
        var connection = await new ConnectionFactory { Uri = broker, ClientProvidedName = "listener" }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(queue, exchange, "");
        return new Listener(connection, channel, queue);
    }

    /// <summary>How many announcements have been confirmed and not been read.</summary>
    public async Task<long> WaitingAsync() => (await _channel.QueueDeclarePassiveAsync(_queue)).MessageCount;

    /// <summary>Reads from now on, and tells the number of each child and when it was heard of, on the clock of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public Task ReadAsync(Action<int, long> heard)
    {
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, got) =>
        {
            var at = Stopwatch.GetTimestamp();
            heard(Children.NumberOf(NativeIdOf(got.Body)), at);
            return Task.CompletedTask;
        };
        return _channel.BasicConsumeAsync(_queue, autoAck: true, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Looked for, not parsed: whoever measures must take little of the machine. Peers say it in an envelope or not.</summary>
    public static string NativeIdOf(ReadOnlyMemory<byte> announcement)
    {
        var text = announcement.Span;
        var at = text.IndexOf("\"native_id\":"u8);
        if (at < 0) return "";
        text = text[(at + "\"native_id\":".Length)..].TrimStart((byte)' ')[1..]; // MassTransit writes it for people, with blanks
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)'"')]);
    }
}
