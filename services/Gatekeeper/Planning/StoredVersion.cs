using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>A version that is taken up again from where it is stored.</summary>
/// <param name="ClaimId">The claim that it was decided by; another one decides where configuration has changed.</param>
/// <param name="Since">For a parked one: when it was first parked and when its time is up.</param>
public sealed record StoredVersion(Child Child, Guid ClaimId, ParkedSince? Since = null);
