using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// Reads one queue in batches: as many as have arrived, up to a limit, without waiting for more. A batch is acknowledged
/// after its handler has committed. When the surroundings fail (database, broker) the messages stay with the broker and the
/// batch is tried again; when the handler fails on a message, that message alone is put among the dead.
/// </summary>
public sealed partial class BatchReceiver(
    string queue, IHandleBatches handler, BatchReceiverOptions options, BrokerConnection broker, Suspects suspects, StandStills standStills, TimeProvider time, ILogger<BatchReceiver> log) : BackgroundService
{
    private readonly BatchAttempt _attempt = new(queue, handler, options.Attempts, suspects, standStills, time, log);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var channel = await broker.OpenChannelAsync(null, stopping);
                await ReadAsync(channel, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The channel is gone, and the broker hands out again what was not acknowledged.
                ChannelLost(queue, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReadAsync(IChannel channel, CancellationToken stopping)
    {
        await BrokerTopology.DeclareAsync(channel, stopping); // somebody may have deleted the queue
        // Twice a batch: the next one travels while this one is decided.
        await channel.BasicQosAsync(0, (ushort)Math.Min(ushort.MaxValue, options.BatchSize * 2), global: false, stopping);
        var inbox = await Inbox.OpenAsync(channel, queue, stopping);
        while (await inbox.NextBatchAsync(options.BatchSize, options.BatchMebibytes * 1024L * 1024L, stopping) is { Count: > 0 } batch)
        {
            CrashPoint.Reach("before-handling", queue);
            foreach (var part in Suspects.Apart(batch)) await DecideAsync(part, channel, stopping);
        }
    }

    private async Task DecideAsync(IReadOnlyList<Delivery> part, IChannel channel, CancellationToken stopping)
    {
        var suspected = Suspects.Is(part[0]);
        using var room = await suspects.EnterAsync(alone: suspected, stopping);
        if (suspected)
        {
            await _attempt.DecideSuspectsAsync(part, AcknowledgeAsync, () => channel.IsClosed, stopping);
            return;
        }

        await _attempt.DecideAsync(part, () => channel.IsClosed, stopping);
        await AcknowledgeAsync(part);

        async Task AcknowledgeAsync(IReadOnlyList<Delivery> decided)
        {
            CrashPoint.Reach("before-acknowledging", queue);
            await channel.BasicAckAsync(decided[^1].Tag, multiple: true, CancellationToken.None);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "{Queue}: reading stopped, starting again: {Why}")]
    private partial void ChannelLost(string queue, string why);
}
