using Pipeline.Hosting.Broker;

namespace Pipeline.DeadLetters.Api;

/// <summary>How many messages wait in each queue of the pipeline.</summary>
public sealed class QueueDepths(BrokerConnection broker)
{
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellation)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellation);
        var depths = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var queue in BrokerTopology.Queues) depths[queue] = await channel.MessageCountAsync(queue, cancellation);
        return depths;
    }
}
