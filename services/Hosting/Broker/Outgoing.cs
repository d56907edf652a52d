using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;

namespace Pipeline.Hosting.Broker;

/// <summary>A message to be published, ready to go.</summary>
/// <param name="Exchange">Where to; empty sends straight to the queue named by <paramref name="RoutingKey"/>.</param>
/// <param name="RoutingKey">Empty for a fanout exchange.</param>
/// <param name="MessageId">The same message has the same id each time it is said.</param>
public sealed record Outgoing(string Exchange, string RoutingKey, string MessageId, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Says nothing to nobody: a broker that takes no messages tells only those who publish, so somebody must.</summary>
    public static Outgoing Knock { get; } = new("", "pipeline-knock", "knock", default, new Dictionary<string, string>());

    /// <summary>Whether the broker must have a queue for it. Only what is said of children is for outsiders alone, and may find nobody who listens.</summary>
    public bool Mandatory => this != Knock && Exchange is not (Exchanges.ChildObjectAccepted or Exchanges.ChildObjectWithdrawn or Exchanges.ChildObjectDeadLettered);

    /// <summary>An announcement to a fanout exchange, in the trace of the current activity unless another is given.</summary>
    public static Outgoing Event<T>(string exchange, Guid messageId, T message, JsonTypeInfo<T> type, string? traceParent = null)
    {
        var trace = traceParent ?? Activity.Current?.Id;
        return new(exchange, "", messageId.ToString(), JsonSerializer.SerializeToUtf8Bytes(message, type),
            trace is null ? Empty : new Dictionary<string, string> { ["traceparent"] = trace, ["MT-Activity-Id"] = trace });
    }

    /// <summary>Tells the office what became of a replay.</summary>
    public static Outgoing Replayed(ReplayDecided decided) =>
        new("", ReplayDecided.Queue, StableId.Of("replay decided", decided.ReplayId.ToString(), decided.DecidedBy, decided.Place).ToString(),
            JsonSerializer.SerializeToUtf8Bytes(decided, PipelineJson.Wire.ReplayDecided), Empty);

    /// <summary>Tells the office which dead letters have an answer now.</summary>
    public static Outgoing Answered(Guid messageId, LateAnswers answers) =>
        new("", LateAnswers.Queue, messageId.ToString(), JsonSerializer.SerializeToUtf8Bytes(answers, PipelineJson.Wire.LateAnswers), Empty);

    public static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>();
}
