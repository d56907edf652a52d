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

/// <summary>A key that objects wait for, or have waited for in vain.</summary>
/// <param name="Claim">The key as text, such as <c>account_id Nordwind-0042</c>.</param>
/// <param name="Why">Why they wait: unanswered, not_admitted, ambiguous; more than one where they do not wait for the same reason. Empty where none waits any more.</param>
/// <param name="Standing">How the account of that name stands, where the key is an account_id and one has been decided on: admitted, refused, withdrawn.</param>
/// <param name="Objects">How many wait now.</param>
/// <param name="Dead">How many were given up while they waited for it.</param>
/// <param name="IsNullWord">Whether the value is a word that says that there is none. No account will ever be called so.</param>
/// <param name="NearMisses">Known keys that are spelled nearly so. None of them is used by itself.</param>
public sealed record ParkedLine(
    string Claim, IReadOnlyList<string> Why, string? Standing, long Objects, long Dead, double OldestSeconds, IReadOnlyList<string> Sources, bool IsNullWord, IReadOnlyList<NearMissLine> NearMisses);

/// <summary>A known key that is spelled nearly as the one that objects wait for.</summary>
/// <param name="Rules">Codes of the rules that explain the difference, the fewest that do.</param>
/// <param name="Asked">What is waited for, with what is not seen made visible.</param>
/// <param name="Known">What is known, likewise.</param>
/// <param name="AccountId">The account that the known key belongs to.</param>
/// <param name="Standing">How that account stands; null where nobody has decided on it.</param>
/// <param name="Corrections">The correction that would say so, for each source that waits; empty where none can be made, for the value is an account of its own.</param>
public sealed record NearMissLine(IReadOnlyList<string> Rules, string Asked, string Known, string AccountId, string? Standing, IReadOnlyList<PossibleCorrection> Corrections);

/// <summary>A correction that a person might make.</summary>
/// <param name="Claim">The value as the source writes it.</param>
/// <param name="Frees">How many objects that wait it would let in now; none while the account is not in.</param>
public sealed record PossibleCorrection(string Source, Claim Claim, string AccountId, long Frees);

/// <summary>An account_id that records of other systems state, that is no account, and that is spelled nearly as one.</summary>
/// <param name="Stated">The account_id that they state, with what is not seen made visible.</param>
/// <param name="Records">How many records of each system state it.</param>
/// <param name="NearMisses">The accounts that are spelled nearly so.</param>
public sealed record StrangeAccountLine(string Stated, IReadOnlyDictionary<string, long> Records, IReadOnlyList<NearMissLine> NearMisses);
