using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Pipeline.Benchmarks.Peers.Job;
using Pipeline.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Pipeline.Benchmarks.Peers.Raw;

/// <summary>
/// Two workers for children and one for accounts: a batch of what has arrived, one transaction, the events with a wide confirm
/// window, then the acknowledgement. It comes after the events are confirmed, so nothing of a batch is lost by a crash.
/// </summary>
internal sealed class RawWorkers(Uri broker, JobTables tables) : BackgroundService
{
    private const string Children = "raw-children";
    private const string Accounts = "raw-accounts";
    private const int Batch = 1000;
    private const int Window = 500;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(Exchanges.ChildObjectAccepted, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        foreach (var (queue, exchange) in new[] { (Children, Exchanges.ChildObjectReceived), (Accounts, Exchanges.AccountAdmitted) })
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(queue, true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(queue, exchange, "", cancellationToken: cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                WorkAsync(Children, TakeAsync, stoppingToken), WorkAsync(Children, TakeAsync, stoppingToken), WorkAsync(Accounts, AdmitAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is not acknowledged comes again.
        }
    }

    private Task<IReadOnlyList<AcceptedMessage>> TakeAsync(IReadOnlyList<byte[]> batch, CancellationToken cancellation) =>
        tables.TakeAsync([.. batch.Select(body => (JsonSerializer.Deserialize(body, JobJson.Default.ChildMessage)!, (ReadOnlyMemory<byte>)body))], cancellation);

    private Task<IReadOnlyList<AcceptedMessage>> AdmitAsync(IReadOnlyList<byte[]> batch, CancellationToken cancellation) =>
        tables.AdmitAsync([.. batch.Select(body => JsonSerializer.Deserialize(body, JobJson.Default.AdmissionMessage)!)], cancellation);

    private async Task WorkAsync(string queue, Func<IReadOnlyList<byte[]>, CancellationToken, Task<IReadOnlyList<AcceptedMessage>>> handle, CancellationToken stopping)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(stopping);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
        await using var says = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, null), stopping);
        var inbox = Channel.CreateUnbounded<(ulong Tag, byte[] Body)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, got) => inbox.Writer.WriteAsync((got.DeliveryTag, got.Body.ToArray()), stopping).AsTask();
        await channel.BasicQosAsync(0, Batch * 2, false, stopping);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stopping);
        while (await inbox.Reader.WaitToReadAsync(stopping))
        {
            var batch = new List<(ulong Tag, byte[] Body)>();
            while (batch.Count < Batch && inbox.Reader.TryRead(out var one)) batch.Add(one);
            foreach (var window in (await handle([.. batch.Select(one => one.Body)], stopping)).Chunk(Window))
                await Task.WhenAll(window.Select(message => SayAsync(says, message)));
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, stopping);
        }
    }

    private static Task SayAsync(IChannel channel, AcceptedMessage message) => channel.BasicPublishAsync(Exchanges.ChildObjectAccepted, "", mandatory: false,
        new BasicProperties { Persistent = true, ContentType = "application/json", MessageId = StableId.Of(message.NativeId, message.AccountId).ToString() },
        JsonSerializer.SerializeToUtf8Bytes(message, JobJson.Default.AcceptedMessage)).AsTask();
}
