namespace Pipeline.Contracts.Operations;

/// <summary>What one service has received and where it all is.</summary>
/// <param name="Service">Whose ledger it is.</param>
/// <param name="Lines">One line a stream and source.</param>
/// <param name="Mistakes">What does not add up, a sentence each, naming stream and source; empty where all is well.</param>
/// <param name="AnnouncementsPending">Committed decisions that are still to be said.</param>
public sealed record LedgerReport(string Service, IReadOnlyList<LedgerLine> Lines, IReadOnlyList<string> Mistakes, long AnnouncementsPending);

/// <summary>The count of one stream from one source: received = accepted + parked + dead_lettered + superseded + duplicates.</summary>
public sealed record LedgerLine(string Stream, string Source, long Received, long Accepted, long Parked, long DeadLettered, long Superseded, long Duplicates);

/// <summary>The whole pipeline's ledger, as <c>pipeline ledger --json</c> prints it.</summary>
public sealed record PipelineLedger
{
    /// <summary>Whether every message is in exactly one place.</summary>
    public required bool Balanced { get; init; }

    public required long Received { get; init; }

    public required long Accepted { get; init; }

    public required long Parked { get; init; }

    public required long DeadLettered { get; init; }

    public required long Superseded { get; init; }

    public required long Duplicates { get; init; }

    public required IReadOnlyDictionary<string, LedgerSum> Sources { get; init; }

    public required IReadOnlyDictionary<string, LedgerSum> Streams { get; init; }

    public required InFlight InFlight { get; init; }

    public required IReadOnlyList<string> Mistakes { get; init; }
}

public sealed record LedgerSum(long Received, long Accepted, long Parked, long DeadLettered, long Superseded, long Duplicates);

/// <summary>What is on its way and not yet counted: in the queues, or decided and still to be said.</summary>
/// <param name="Queues">Messages ready in each queue of the pipeline.</param>
/// <param name="Announcements">Committed decisions that are still to be said.</param>
/// <param name="DeadLetters">Dead letters that were decided and that the office has not yet stored.</param>
public sealed record InFlight(IReadOnlyDictionary<string, long> Queues, long Announcements, long DeadLetters);
