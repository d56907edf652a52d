namespace Pipeline.Contracts.Operations;

/// <summary>Where the objects of one source and type are: distinct objects, however often they were delivered.</summary>
/// <param name="DeadLettered">Given up, by reason code.</param>
public sealed record ObjectLine(string Source, string ObjectType, long Accepted, long Parked, IReadOnlyDictionary<string, long> DeadLettered);

/// <summary>What the gatekeeper holds now.</summary>
/// <param name="OldestParkedSeconds">How long the oldest parked object has waited; zero where none waits.</param>
/// <param name="ReleasesPending">Keys with an answer whose children are still to be let in.</param>
/// <param name="Objects">Every source and type seen.</param>
/// <param name="Released">Objects that are in after they had to wait.</param>
public sealed record GatekeeperStatus(long Parked, double OldestParkedSeconds, long ReleasesPending, long Released, IReadOnlyList<ObjectLine> Objects);

/// <summary>A key that parked objects wait for.</summary>
/// <param name="Claim">The key as text, such as <c>account_id Nordwind-0042</c>.</param>
/// <param name="Why">unanswered, not_admitted or ambiguous.</param>
public sealed record ParkedLine(string Claim, string Why, long Objects, double OldestSeconds, IReadOnlyList<string> Sources);
