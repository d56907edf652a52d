namespace Pipeline.Gatekeeper.Planning;

/// <summary>What became of one message or one parked row.</summary>
public enum Outcome
{
    Accepted,
    Parked,
    DeadLettered,
    Superseded,
    Duplicate,

    /// <summary>A parked row waits on, as before.</summary>
    Unchanged,
}

/// <summary>What became of one version, and of its neighbours.</summary>
/// <param name="Superseded">How many waiting versions it put out of date.</param>
/// <param name="Revived">Whether it was dead before and is in now.</param>
public readonly record struct Change(Outcome Outcome, int Superseded = 0, bool Revived = false);
