using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>What became of one message or one stored version.</summary>
public enum Outcome
{
    Accepted,
    Parked,
    DeadLettered,
    Superseded,
    Duplicate,

    /// <summary>A stored version stays where it is.</summary>
    Unchanged,
}

/// <summary>What became of one version, and of its neighbours.</summary>
/// <param name="Neighbours">Other versions of the object that went from one place of the ledger to another because of it.</param>
/// <param name="RevivedTo">Where it is now, if it was dead before; the message itself is a repeat.</param>
public readonly record struct Change(Outcome Outcome, LedgerEntry Neighbours = default, Outcome? RevivedTo = null);
