namespace Pipeline.Contracts.Operations;

/// <summary>What the system of record holds now.</summary>
/// <param name="States">Accounts by state: waiting, admitted, refused, contested, withdrawn.</param>
/// <param name="Records">Account-like records known, by system.</param>
public sealed record SystemOfRecordStatus(IReadOnlyDictionary<string, long> States, IReadOnlyDictionary<string, long> Records);

/// <summary>One account, and why it is or is not let in.</summary>
/// <param name="Revision">Rises with each change of its facts.</param>
/// <param name="RulesVersion">The rule set that decided it.</param>
/// <param name="WaitsFor">The name of the wait, where it waits.</param>
/// <param name="Reasons">Why it is refused or withdrawn.</param>
/// <param name="Conditions">What the rules ask of its record, and what was seen. Empty where it has none.</param>
/// <param name="Paths">What they ask of other systems.</param>
/// <param name="Records">The records that carry it, the one that it rests on first.</param>
/// <param name="History">The states that it was in, the newest last, at most twenty.</param>
public sealed record AccountReport(
    string AccountId, string State, long Revision, int RulesVersion, string? WaitsFor, IReadOnlyList<StatedReason> Reasons,
    IReadOnlyList<Finding> Conditions, IReadOnlyList<PathFinding> Paths, IReadOnlyList<string> Records, IReadOnlyList<AccountTurn> History);

/// <summary>A state that an account came to.</summary>
/// <param name="Why">Why it is out or waits; empty where it is in.</param>
public sealed record AccountTurn(string State, DateTimeOffset At, int RulesVersion, string Why);

/// <summary>A condition of the rules, and what was seen.</summary>
/// <param name="Asked">What it asks, for a person: "Type must be Customer", or "one of these" with parts.</param>
/// <param name="Seen">The value that it saw; null where there was none, or where it has parts.</param>
public sealed record Finding(string Asked, bool Passes, string? Seen, IReadOnlyList<Finding> Parts);

/// <summary>A path to another system, and what was found at its end.</summary>
/// <param name="Passes">Whether one of the linked records passes.</param>
/// <param name="Records">The linked records; empty: there is none, and the account waits.</param>
public sealed record PathFinding(string System, bool Passes, IReadOnlyList<LinkedFinding> Records);

/// <summary>A linked record of another system.</summary>
/// <param name="Found">What was asked of it and seen; null where it need only exist.</param>
public sealed record LinkedFinding(string NativeId, bool Passes, Finding? Found);
