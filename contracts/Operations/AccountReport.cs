namespace Pipeline.Contracts.Operations;

/// <summary>What the system of record holds now.</summary>
/// <param name="States">Accounts by state: waiting, admitted, refused, contested, withdrawn.</param>
/// <param name="Records">Account-like records known, by system.</param>
public sealed record SystemOfRecordStatus(IReadOnlyDictionary<string, long> States, IReadOnlyDictionary<string, long> Records);

/// <summary>One account, and why it is or is not let in.</summary>
/// <param name="WaitsFor">The name of the wait, where it waits.</param>
/// <param name="Reasons">Why it is refused or withdrawn.</param>
/// <param name="Records">The records that carry it, the one that it rests on first.</param>
/// <param name="Evidence">What other systems say of it.</param>
public sealed record AccountReport(
    string AccountId, string State, long Revision, string? WaitsFor, IReadOnlyList<StatedReason> Reasons, IReadOnlyList<string> Records, IReadOnlyList<string> Evidence);
