using System.Diagnostics;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Capture;
using RabbitMQ.Client;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>A letter as it is sent again: the message that failed, without what the failure has added to it, in a new trace that is linked to the failure's.</summary>
public sealed record ReplayMessage(Guid ReplayId, Guid LetterId, string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    public const string ActivitySourceName = "Pipeline.DeadLetters";

    private static readonly ActivitySource Activities = new(ActivitySourceName);

    /// <summary>What brokers, MassTransit and our own services add to a message that fails.</summary>
    private static readonly string[] Prefixes = ["x-death", "x-first-death-", "x-last-death-", "x-delivery-count", "x-acquired-count", "x-dotnet-pub-seq-no", "MT-Fault-", "MT-Host-", "MT-Reason"];

    private static readonly HashSet<string> Ours = new(DeadLetterHeaders(), StringComparer.Ordinal);

    /// <param name="envelope">The properties that it came with; null where it was stored by an earlier version.</param>
    /// <param name="messageId">That of the message itself, which for a letter of our services is not that of the letter.</param>
    /// <param name="failedTrace">The trace in which it failed.</param>
    public static ReplayMessage Of(Guid replayId, Guid letterId, string exchange, string routingKey, string? envelope, string? messageId, string? failedTrace, ReadOnlyMemory<byte> body)
    {
        var properties = envelope is null ? new BasicProperties { Persistent = true, Headers = new Dictionary<string, object?>() } : Envelope.Read(envelope);
        foreach (var name in properties.Headers!.Keys.Where(IsOfTheFailure).ToList()) properties.Headers.Remove(name);
        if (messageId is null) properties.ClearMessageId();
        else properties.MessageId = messageId;
        properties.Headers[ReplayDecided.Headers.Replay] = replayId.ToString();
        properties.Headers[ReplayDecided.Headers.Letter] = letterId.ToString();
        Trace(properties.Headers, letterId, failedTrace);
        return new(replayId, letterId, exchange, routingKey, properties, body);
    }

    private static bool IsOfTheFailure(string name) =>
        Ours.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) || name is ReplayDecided.Headers.Replay or ReplayDecided.Headers.Letter;

    private static void Trace(IDictionary<string, object?> headers, Guid letterId, string? failedTrace)
    {
        ActivityLink[] links = ActivityContext.TryParse(failedTrace, null, isRemote: true, out var failed) ? [new ActivityLink(failed)] : [];
        using var activity = Activities.StartActivity("replay dead letter", ActivityKind.Producer, parentContext: default, links: links);
        headers.Remove("traceparent");
        headers.Remove("tracestate");
        headers.Remove("MT-Activity-Id");
        if (activity is null) return;
        activity.SetTag("pipeline.dead_letter", letterId);
        headers["traceparent"] = activity.Id;
        headers["MT-Activity-Id"] = activity.Id;
    }

    private static string[] DeadLetterHeaders() =>
    [
        DeadLetterQueue.Headers.Id, DeadLetterQueue.Headers.Reason, DeadLetterQueue.Headers.Sentence, DeadLetterQueue.Headers.Exchange, DeadLetterQueue.Headers.SourceQueue, DeadLetterQueue.Headers.FirstSeen,
        DeadLetterQueue.Headers.DiedAt, DeadLetterQueue.Headers.Source, DeadLetterQueue.Headers.ObjectType, DeadLetterQueue.Headers.NativeId, DeadLetterQueue.Headers.WaitedFor, DeadLetterQueue.Headers.MessageId,
    ];
}
