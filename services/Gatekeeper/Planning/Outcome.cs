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
/// <param name="Revived">Whether it was dead before and is in now.</param>
public readonly record struct Change(Outcome Outcome, LedgerEntry Neighbours = default, bool Revived = false);
