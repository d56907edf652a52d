using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Corrections;

/// <summary>A person's word: this value, where this source writes it, means that account.</summary>
/// <param name="Source">The system that writes the value; the correction is its alone.</param>
/// <param name="Author">Who says so.</param>
/// <param name="Reason">Why, in the author's words.</param>
public sealed record Correction(Guid Id, string Source, ClaimKey Key, AccountId Account, string Author, string Reason);

/// <summary>Taking a correction back; it stays on record.</summary>
public sealed record Undoing(Guid CorrectionId, string Author, string Reason);
