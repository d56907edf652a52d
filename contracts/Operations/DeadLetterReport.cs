namespace Pipeline.Contracts.Operations;

/// <summary>A dead letter as the office lists it.</summary>
public sealed record DeadLetterLine(
    Guid Id, string Reason, string Sentence, string? Source, string? ObjectType, string? NativeId, string SourceQueue, DateTimeOffset FirstSeen, long Times, string? WaitedFor)
{
    /// <summary>open, replaying, settled or discarded.</summary>
    public string State { get; init; } = "open";

    /// <summary>The account_id that its body states.</summary>
    public string? AccountId { get; init; }

    /// <summary>The group of failures that it is one of.</summary>
    public Guid Group { get; init; }

    /// <summary>Of its last replay: accepted, parked, superseded, dead_again, handed_over, unknown or left; null where it was never replayed.</summary>
    public string? Fate { get; init; }

    public string? FateDetail { get; init; }

    /// <summary>The operation that last touched it.</summary>
    public Guid? Operation { get; init; }

    /// <summary>Of a discarded one: when its contents are deleted for good.</summary>
    public DateTimeOffset? PurgeAt { get; init; }

    /// <summary>The admitted account that its key leads to since it died: a replay would put it there. Null where there is none.</summary>
    public string? Answer { get; init; }
}

/// <summary>A page of a list of dead letters.</summary>
/// <param name="Total">How many there are in all; null where it was not asked for.</param>
/// <param name="Next">What to ask for the next page with; null on the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterLine> Letters, long? Total, string? Next);

/// <summary>All that is known of one dead letter.</summary>
/// <param name="Exchange">Where a replay goes; empty where straight to the queue that <paramref name="RoutingKey"/> names.</param>
/// <param name="Replayable">Whether it can be replayed as it is.</param>
/// <param name="TraceId">Of the failure.</param>
/// <param name="Deaths">How often it was given up.</param>
/// <param name="Body">The body as text, where it is UTF-8; else null.</param>
/// <param name="BodyBase64">The body byte for byte; null where whoever asks may not see it.</param>
/// <param name="Replays">What has been done with it, the newest first.</param>
/// <param name="Successor">The letter that its edited message became.</param>
public sealed record DeadLetterReport(
    DeadLetterLine Letter, string Exchange, string RoutingKey, bool Replayable, string? MessageId, string? TraceId, DateTimeOffset? ObservedAt, int Deaths, DateTimeOffset LastSeen,
    IReadOnlyDictionary<string, string> Headers, long BodyBytes, string? Body, string? BodyBase64, IReadOnlyList<LetterReplay> Replays, Guid? Successor);

/// <summary>One operation's part in the life of a letter.</summary>
public sealed record LetterReplay(Guid Operation, string Kind, string Author, string Reason, string State, string? Fate, string? Detail, DateTimeOffset? SentAt, DateTimeOffset? DecidedAt, bool Edited);

/// <summary>Failures that are alike.</summary>
/// <param name="Shape">What was seen, with what differs from letter to letter taken out.</param>
/// <param name="Letters">How many of them meet what was asked.</param>
/// <param name="Recent">How many died in each of the last 24 hours, the oldest first.</param>
/// <param name="Triage">new, investigating or known.</param>
/// <param name="Quiet">Known, and no alarm is wanted.</param>
public sealed record DeadLetterGroup(
    Guid Key, string Reason, string? Source, string? ObjectType, string SourceQueue, string Shape, long Letters, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, IReadOnlyList<long> Recent,
    string Triage, string? Owner, string? Note, string? Link, bool Quiet, string? TriagedBy, DateTimeOffset? TriagedAt);

/// <summary>What a person makes of a group.</summary>
/// <param name="Triage">new, investigating or known.</param>
/// <param name="Link">An http address, as of a ticket.</param>
/// <param name="Quiet">Known: raise no alarm for it.</param>
public sealed record TriageOrder(string Triage, string? Owner, string? Note, string? Link, bool Quiet, string Author);
