using Pipeline.Hosting.Broker;

namespace Pipeline.DeadLetters.Api;

/// <summary>How many messages wait in each queue of the pipeline.</summary>
public sealed class QueueDepths(BrokerConnection broker)
{
    public const string OutOfReach = "The broker does not answer.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The depths, or null where the broker does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, long>?> ReadAsync(CancellationToken cancellation)
    {
        await using var channel = await broker.TryOpenChannelAsync(Patience, cancellation);
        if (channel is null) return null;
        var depths = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (queue, _) in BrokerTopology.Queues) depths[queue] = await channel.MessageCountAsync(queue, cancellation);
        return depths;
    }
}
