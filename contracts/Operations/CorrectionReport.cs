namespace Pipeline.Contracts.Operations;

/// <summary>A correction that somebody wants to make: this value, where this source writes it, means that account.</summary>
/// <param name="Source">The system that writes the value; the correction is its alone.</param>
/// <param name="Claim">The value and what it is of.</param>
/// <param name="AccountId">The account that is meant.</param>
/// <param name="Author">Who says so.</param>
/// <param name="Reason">Why, in the author's words.</param>
public sealed record CorrectionOrder(string Source, Claim Claim, string AccountId, string Author, string Reason);

/// <summary>Taking a correction back; it stays on record.</summary>
public sealed record UndoOrder(string Author, string Reason);

/// <summary>A correction, in force or taken back.</summary>
/// <param name="Waiting">How many objects wait for that value; of an undone one too.</param>
public sealed record CorrectionLine(
    Guid Id, string Source, string Claim, string AccountId, string Author, string Reason, DateTimeOffset MadeAt, string? UndoneBy, string? UndoneReason, DateTimeOffset? UndoneAt, long Waiting);
