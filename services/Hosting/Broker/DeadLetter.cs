using System.Globalization;
using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Hosting.Broker;

/// <summary>A message on its way to the queue of the dead: the original body, and in the headers why.</summary>
public sealed record DeadLetter
{
    /// <summary>Derived from the message, so that the same failure of the same message is one dead letter.</summary>
    public required Guid Id { get; init; }

    public required Refusal Refusal { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where a replay publishes it.</summary>
    public required string Exchange { get; init; }

    public required string SourceQueue { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was given up; null where the same thing is found unusable again and again, which is no new death.</summary>
    public DateTimeOffset? DiedAt { get; init; }

    public string? MessageId { get; init; }

    public string? TraceParent { get; init; }

    public string? Source { get; init; }

    public string? ObjectType { get; init; }

    public string? NativeId { get; init; }

    public Claim? WaitedFor { get; init; }

    public Outgoing ToOutgoing()
    {
        var headers = new Dictionary<string, string>
        {
            [DeadLetterQueue.Headers.Id] = Id.ToString(),
            [DeadLetterQueue.Headers.Reason] = Refusal.Reason.Code,
            [DeadLetterQueue.Headers.Sentence] = Refusal.Sentence,
            [DeadLetterQueue.Headers.Exchange] = Exchange,
            [DeadLetterQueue.Headers.SourceQueue] = SourceQueue,
            [DeadLetterQueue.Headers.FirstSeen] = FirstSeen.ToString("O", CultureInfo.InvariantCulture),
        };
        Add(DeadLetterQueue.Headers.DiedAt, DiedAt?.ToString("O", CultureInfo.InvariantCulture));
        Add(DeadLetterQueue.Headers.MessageId, MessageId);
        Add(DeadLetterQueue.Headers.TraceParent, TraceParent);
        Add(DeadLetterQueue.Headers.Source, Source);
        Add(DeadLetterQueue.Headers.ObjectType, ObjectType);
        Add(DeadLetterQueue.Headers.NativeId, NativeId);
        Add(DeadLetterQueue.Headers.WaitedFor, WaitedFor is { } claim ? Text(claim) : null);
        return new Outgoing("", DeadLetterQueue.Name, Id.ToString(), Body, headers);

        void Add(string name, string? value)
        {
            if (value is not null) headers[name] = Shortened(value);
        }
    }

    /// <summary>A claim as operators read it: <c>parent desk 4711</c>.</summary>
    public static string Text(Claim claim)
    {
        var text = new StringBuilder(ClaimNames.Of(claim.By));
        if (claim.System is { } system) text.Append(' ').Append(system);
        return text.Append(' ').Append(claim.Value).ToString();
    }

    /// <summary>Headers must fit a frame together; the body holds the whole text anyway.</summary>
    private static string Shortened(string text) => text.Length <= 2000 ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[1999]) ? 1999 : 2000)}…";
}
