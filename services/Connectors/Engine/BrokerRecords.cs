using System.Diagnostics;
using Pipeline.Hosting.Broker;

namespace Pipeline.Connectors.Engine;

/// <summary>Publishes to the broker, in the trace of the poll that read the records.</summary>
public sealed class BrokerRecords(Publisher publisher, TimeProvider time) : IPublishRecords
{
    /// <summary>What the dead letters show in the place of a queue: the record comes from no queue, but from a system.</summary>
    private const string Connectors = "connectors";

    public Task PublishAsync(IReadOnlyList<RecordMessage> messages, CancellationToken cancellation)
    {
        var trace = Activity.Current?.Id;
        return publisher.PublishAsync([.. messages.Select(message => Outgoing(message, trace))], cancellation);
    }

    private Outgoing Outgoing(RecordMessage message, string? trace) => message switch
    {
        RecordMessage.Published published => new Outgoing(published.Exchange, "", published.Id.ToString(), published.Body, Traced(trace)),
        RecordMessage.Unmappable unmappable => new DeadLetter
        {
            Id = unmappable.Id,
            Refusal = unmappable.Refusal,
            Body = unmappable.Body,
            Exchange = "", // the record is no message yet: it cannot be replayed as it is
            SourceQueue = Connectors,
            FirstSeen = time.GetUtcNow(),
            TraceParent = trace,
            Source = unmappable.Source,
            ObjectType = unmappable.ObjectType,
            NativeId = unmappable.NativeId,
        }.ToOutgoing(),
        _ => throw new InvalidOperationException($"{message.GetType().Name} has no place at the broker."),
    };

    private static IReadOnlyDictionary<string, string> Traced(string? trace) =>
        trace is null ? Pipeline.Hosting.Broker.Outgoing.Empty : new Dictionary<string, string> { ["traceparent"] = trace, ["MT-Activity-Id"] = trace };
}
