namespace Pipeline.Contracts.Operations;

/// <summary>What is in under an account. Usage events are left out: they are kept by day, not by account.</summary>
/// <param name="Kinds">How many there are of each source and type, the most first.</param>
/// <param name="Newest">The newest by the time that they came in.</param>
/// <param name="IsWhole">Whether all of them were looked at; an account with more than 20,000 objects is not counted to the end.</param>
public sealed record AccountObjectsReport(string AccountId, IReadOnlyList<AccountObjectKind> Kinds, IReadOnlyList<AccountObject> Newest, bool IsWhole);

/// <param name="Latest">When the latest of them came in.</param>
public sealed record AccountObjectKind(string Source, string ObjectType, long Objects, DateTimeOffset Latest);

/// <param name="ObservedAt">The object's own time.</param>
/// <param name="Claim">By which it came under the account, as text.</param>
/// <param name="Waited">How many seconds it had waited; null where it was let in at once.</param>
public sealed record AccountObject(string Source, string ObjectType, string NativeId, DateTimeOffset ObservedAt, DateTimeOffset AcceptedAt, string Claim, double? Waited);
