using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>A version that waits for a key.</summary>
/// <param name="Version">Which version waits.</param>
/// <param name="Child">The whole of it where this plan parks it; null for a row that stays as it is.</param>
/// <param name="Wait">What it waits for and why; null as above.</param>
/// <param name="Since">When it was first parked and when its time is up; null where it is parked just now, on the database's clock.</param>
public sealed record ParkedVersion(ObjectVersion Version, Child? Child = null, Decision.Park? Wait = null, ParkedSince? Since = null);

/// <summary>When a child was first parked and when its time is up. Waiting for another key does not give it more time.</summary>
public sealed record ParkedSince(DateTimeOffset ParkedAt, DateTimeOffset Deadline);

/// <summary>A version that was let in, and under which account.</summary>
public sealed record AcceptedVersion(ObjectVersion Version, Child? Child = null, Decision.Accept? Decision = null, TimeSpan? Waited = null);

/// <summary>A version that was given up.</summary>
/// <param name="Since">When it was first parked, where it was.</param>
public sealed record DeadVersion(Child Child, Contracts.Refusal Refusal, ClaimKey? WaitedFor = null, ParkedSince? Since = null);
