using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>One version of an object and where it is. The newest is kept for each claim that versions of the object decide by.</summary>
/// <param name="Version">Which version.</param>
/// <param name="Child">The whole of it where this plan placed it; null for a row that the tables have.</param>
public abstract record PlacedVersion(ObjectVersion Version, Child? Child);

/// <summary>A version that is in, and under which account.</summary>
/// <param name="IsInView">Whether the account is admitted now; while it is not, what is under it stays and is not shown.</param>
/// <param name="Decision">The decision that let it in; null for a row that the tables have.</param>
/// <param name="Waited">How long it had waited, where it had to.</param>
public sealed record AcceptedVersion(
    ObjectVersion Version, AccountId Account, bool IsInView = true, Child? Child = null, Decision.Accept? Decision = null, TimeSpan? Waited = null) : PlacedVersion(Version, Child);

/// <summary>A version that waits for a key.</summary>
/// <param name="WaitsFor">The key.</param>
/// <param name="Wait">What it waits for and why; null for a row that the tables have.</param>
/// <param name="Since">When it was first parked and when its time is up; null where it is parked just now, on the database's clock.</param>
public sealed record ParkedVersion(ObjectVersion Version, Guid WaitsFor, Child? Child = null, Decision.Park? Wait = null, ParkedSince? Since = null) : PlacedVersion(Version, Child);

/// <summary>
/// A version that a newer one with another claim has overtaken. It is kept, for it is back if that one must leave: what is in
/// does not depend on which of them, or which evidence, was seen first.
/// </summary>
public sealed record OvertakenVersion(ObjectVersion Version, Child? Child = null) : PlacedVersion(Version, Child);

/// <summary>When a child was first parked and when its time is up. Waiting for another key does not give it more time.</summary>
public sealed record ParkedSince(DateTimeOffset ParkedAt, DateTimeOffset Deadline);

/// <summary>A version that was given up.</summary>
/// <param name="WaitedFor">The key that it waited for in vain.</param>
/// <param name="Since">When it was first parked, where it was.</param>
public sealed record DeadVersion(Child Child, Refusal Refusal, ClaimKey? WaitedFor = null, ParkedSince? Since = null);
