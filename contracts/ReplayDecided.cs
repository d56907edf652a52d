namespace Pipeline.Contracts;

/// <summary>
/// What became of a dead letter that was replayed, said to the office by the service that decided on it. Committed with the
/// decision, so that it is true; said at least once, with the same words.
/// </summary>
public sealed record ReplayDecided
{
    /// <summary>The queue that these messages wait in for the office.</summary>
    public const string Queue = "dead-letters-replays";

    /// <summary>The replay, as <see cref="Headers.Replay"/> of the replayed message names it.</summary>
    public required Guid ReplayId { get; init; }

    /// <summary>The queue by which the message came: a message that several queues are bound for is decided on more than once.</summary>
    public required string DecidedBy { get; init; }

    /// <summary><c>accepted</c>, <c>parked</c>, <c>superseded</c> or <c>dead_lettered</c>: where the message is now.</summary>
    public required string Place { get; init; }

    /// <summary>The account that it is under, the key that it waits for, or why it is dead; for a person.</summary>
    public string? Detail { get; init; }

    /// <summary>A code of <see cref="Contracts.Reason"/>; where it is dead.</summary>
    public string? Reason { get; init; }

    /// <summary>The dead letter that it is now; where it is dead. An edited message is another one than it was.</summary>
    public Guid? DeadLetterId { get; init; }

    /// <summary>The places.</summary>
    public static class Places
    {
        public const string Accepted = "accepted";
        public const string Parked = "parked";
        public const string Superseded = "superseded";
        public const string DeadLettered = "dead_lettered";
    }

    /// <summary>What a replayed message carries beside the headers that it had.</summary>
    public static class Headers
    {
        /// <summary>This replay of this letter.</summary>
        public const string Replay = "x-replay-id";

        /// <summary>The dead letter that is replayed.</summary>
        public const string Letter = "x-replay-of";
    }
}
