using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Pipeline.Hosting.Broker;

/// <summary>What the broker has handed over on one channel and is not yet decided. Bounded by the channel's prefetch.</summary>
internal sealed class Inbox
{
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private Inbox()
    {
    }

    public static async Task<Inbox> OpenAsync(IChannel channel, string queue, CancellationToken cancellation)
    {
        var inbox = new Inbox();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, args) =>
        {
            // The client takes its buffer back when this returns, so the body is copied.
            inbox._deliveries.Writer.TryWrite(Delivery.From(queue, args.DeliveryTag, args.Exchange, args.RoutingKey, args.BasicProperties, args.Body.ToArray()));
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, args) => inbox.Close(args.ReplyText);
        consumer.UnregisteredAsync += (_, _) => inbox.Close("the broker ended the consumer");
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
        return inbox;
    }

    /// <summary>All that has arrived, at least one, in order; waits while there is none.</summary>
    /// <exception cref="IOException">The channel is gone.</exception>
    public async Task<IReadOnlyList<Delivery>> NextBatchAsync(int most, long mostBytes, CancellationToken cancellation)
    {
        var batch = new List<Delivery>();
        if (!await _deliveries.Reader.WaitToReadAsync(cancellation)) return batch;
        long bytes = 0;
        while (batch.Count < most && bytes < mostBytes && _deliveries.Reader.TryRead(out var delivery))
        {
            batch.Add(delivery);
            bytes += delivery.Body.Length;
        }

        return batch;
    }

    private Task Close(string why)
    {
        _deliveries.Writer.TryComplete(new IOException($"The channel was closed: {why}"));
        return Task.CompletedTask;
    }
}
