using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The broker's place: keeps every message that it confirmed.</summary>
public sealed class Recorder : IPublishRecords
{
    private readonly ConcurrentQueue<RecordMessage> _messages = new();

    private int _failsAfter = -1;
    private volatile TaskCompletionSource _confirmed = new();

    public Recorder() => Confirm();

    public Death Death { get; set; } = Death.Never;

    public IReadOnlyList<RecordMessage> Messages => [.. _messages];

    public IEnumerable<RecordMessage.Unmappable> DeadLetters => Messages.OfType<RecordMessage.Unmappable>();

    /// <summary>The span that each message was published in.</summary>
    public ConcurrentQueue<string?> PublishedIn { get; } = new();

    /// <summary>The broker takes this many messages more, and then is gone for once.</summary>
    public void FailsOnceAfter(int messages) => _failsAfter = messages;

    /// <summary>From now on the broker takes messages and confirms none, until <see cref="Confirm"/>.</summary>
    public void WithholdConfirms() => _confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Confirm() => _confirmed.TrySetResult();

    public async Task PublishAsync(IReadOnlyList<RecordMessage> messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
        {
            Death.Step();
            _messages.Enqueue(message);
            PublishedIn.Enqueue(Activity.Current?.DisplayName);
            if (--_failsAfter == 0) throw new IOException("The broker is gone.");
        }

        await _confirmed.Task.WaitAsync(cancellation);
        Death.Step();
    }

    /// <summary>A message as the fixtures write it.</summary>
    public static JsonNode Shown(RecordMessage message) => message is RecordMessage.Published published
        ? new JsonObject { ["exchange"] = published.Exchange, ["message"] = JsonNode.Parse(published.Body.Span) }
        : new JsonObject { ["dead_letter"] = ((RecordMessage.Unmappable)message).Refusal.Reason.Code, ["record"] = JsonNode.Parse(message.Body.Span) };
}
