using System.Threading.Channels;
using Pipeline.Hosting;

namespace Pipeline.Connectors.Webhooks;

/// <summary>
/// Puts arriving deliveries into their table, as many as have come in a statement: a burst costs a few round trips, not one a
/// delivery. Whoever waits is answered when its delivery is safe.
/// </summary>
public sealed class DeliveryWriter(IKeepDeliveries deliveries, IReadOnlyDictionary<string, WakeUp> readers) : BackgroundService
{
    private const int Most = 500;

    /// <summary>More than wait here are turned away for the moment; systems try again.</summary>
    private const int Room = 10_000;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Room) { SingleReader = true });

    /// <summary>Whether the delivery is new, once it is safe; null where there is no room.</summary>
    /// <exception cref="Exception">The table is out of reach; the delivery is not kept.</exception>
    public async Task<bool?> KeepAsync(NewDelivery delivery, CancellationToken cancellation)
    {
        var waiting = new Waiting(delivery, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(waiting)) return null;
        return await waiting.Kept.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var set = new List<Waiting>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                set.Clear();
                while (set.Count < Most && _waiting.Reader.TryRead(out var one)) set.Add(one);
                await KeepAsync(set, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the service. Who still waits gets no 200, and the system tries again.
        }
    }

    private async Task KeepAsync(List<Waiting> set, CancellationToken cancellation)
    {
        try
        {
            var added = new HashSet<Guid>(await deliveries.AddAsync([.. set.Select(one => one.Delivery)], cancellation));
            foreach (var one in set) one.Kept.TrySetResult(added.Remove(one.Delivery.Id)); // the second of two in one set is a repeat
            foreach (var system in set.Select(one => one.Delivery.System).Distinct()) readers[system].Raise();
        }
        catch (Exception exception)
        {
            foreach (var one in set) one.Kept.TrySetException(exception);
        }
    }

    private sealed record Waiting(NewDelivery Delivery, TaskCompletionSource<bool> Kept);
}
