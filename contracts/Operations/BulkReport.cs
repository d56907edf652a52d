namespace Pipeline.Contracts.Operations;

/// <summary>What is to be done with many letters at once. The office does it, whoever asked may go.</summary>
public sealed record OperationOrder
{
    /// <summary>replay, discard or restore.</summary>
    public required string Kind { get; init; }

    /// <summary>Which letters, by their ids; else by <see cref="Query"/>.</summary>
    public IReadOnlyList<Guid>? Letters { get; init; }

    /// <summary>Which letters, in the words of the search; empty for all.</summary>
    public string? Query { get; init; }

    /// <summary>At most so many of them, the oldest first; null for all.</summary>
    public long? Most { get; init; }

    /// <summary>Who orders it.</summary>
    public required string Author { get; init; }

    /// <summary>Why, for whoever reads it later.</summary>
    public required string Reason { get; init; }

    /// <summary>Messages a second, 0.1 to 5,000; 200 where nothing is said.</summary>
    public double? Pace { get; init; }

    /// <summary>Whether to begin with 1 letter, then 10, then 100 and so on, each time waiting for what becomes of them; true where nothing is said.</summary>
    public bool? Ramp { get; init; }

    /// <summary>The share of letters that may die again, 0 to 1, before the operation stops by itself; 0.5 where nothing is said, 1 for never.</summary>
    public double? StopAt { get; init; }

    /// <summary>Sends to this exchange in place of where they came from.</summary>
    public string? Exchange { get; init; }

    /// <summary>With <see cref="Exchange"/>: the routing key. Alone: straight to the queue of this name.</summary>
    public string? RoutingKey { get; init; }

    /// <summary>What is changed in each body before it is sent; the letters keep theirs.</summary>
    public IReadOnlyList<RepairStep>? Repair { get; init; }

    /// <summary>For one letter: the body to send in place of its own, as text.</summary>
    public string? Body { get; init; }
}

/// <summary>One change of a JSON body.</summary>
/// <param name="Do">set, rename, replace or remove.</param>
/// <param name="Path">The field, as <c>account_id</c> or <c>data.custom.id</c>.</param>
/// <param name="Value">For set: the new value, any JSON. For rename: the new name, a text.</param>
/// <param name="From">For replace: the text that is replaced wherever the field has it.</param>
/// <param name="To">For replace: what takes its place.</param>
public sealed record RepairStep(string Do, string Path, System.Text.Json.JsonElement? Value = null, string? From = null, string? To = null);

/// <summary>What an order would do, before it does it.</summary>
/// <param name="Matching">Letters that it is about.</param>
/// <param name="Able">Those of them that it would act on.</param>
/// <param name="Unable">Why it would leave the others, with how many.</param>
/// <param name="Seconds">How long it would take at its pace, without waiting for what becomes of them.</param>
/// <param name="Samples">The first few, as they are and as they would be sent.</param>
/// <param name="StillInvalid">Of a dry run: how many bodies would be refused as they are sent, by the reason; empty where none.</param>
public sealed record OperationPreview(
    long Matching, long Able, IReadOnlyDictionary<string, long> Unable, IReadOnlyDictionary<string, long> Reasons, IReadOnlyDictionary<string, long> Sources, double Seconds, IReadOnlyList<RepairSample> Samples,
    IReadOnlyDictionary<string, long> StillInvalid);

/// <param name="After">Null where the repair does not fit.</param>
/// <param name="Flaw">What would still be wrong with it; null where nothing is known to be.</param>
public sealed record RepairSample(Guid Letter, string Before, string? After, string? Flaw);

/// <summary>An operation, how far it is, and what became of its letters.</summary>
/// <param name="State">running, paused, stopped, cancelled or done.</param>
/// <param name="Waiting">Letters whose turn is still to come.</param>
/// <param name="Undecided">Letters that are sent and of which nothing is known yet.</param>
/// <param name="Fates">accepted, parked, superseded, dead_again, handed_over, unknown and left, with how many.</param>
/// <param name="SecondsLeft">At its pace; null where it does not run.</param>
/// <param name="Why">Why it stopped or waits; null where it does neither.</param>
public sealed record OperationReport(
    Guid Id, string Kind, string State, string Author, string Reason, string? Query, double Pace, bool Ramp, double StopAt, string? Exchange, string? RoutingKey, bool Repaired,
    long Letters, long Sent, long Waiting, long Undecided, IReadOnlyDictionary<string, long> Fates, DateTimeOffset AskedAt, DateTimeOffset? EndedAt, double? SecondsLeft, string? Why);

/// <summary>The fate of one letter of an operation.</summary>
/// <param name="State">waiting, sent, decided or left.</param>
public sealed record OperationLetter(long Position, Guid Letter, string? Source, string? ObjectType, string? NativeId, string State, string? Fate, string? Detail, DateTimeOffset? SentAt, DateTimeOffset? DecidedAt);

/// <summary>A page of the letters of an operation.</summary>
/// <param name="Next">The position to ask for the next page with; null on the last.</param>
public sealed record OperationLetterPage(IReadOnlyList<OperationLetter> Letters, long? Next);

/// <summary>Who orders that an operation is paused, goes on or ends.</summary>
public sealed record SteerOrder(string Author, string? Reason = null);

/// <summary>A line of the audit trail.</summary>
public sealed record AuditLine(long Id, DateTimeOffset At, string Actor, string Role, string Action, string Target, string? Detail, string Result);
