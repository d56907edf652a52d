namespace Pipeline.Cli.Demo.Simulator;

/// <summary>The end state that the simulated data must lead to, as the simulator gives it. Only what is compared is read.</summary>
public sealed record Truth(TrueAccounts Accounts, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TrueObjects>> Sources);

/// <param name="ByState">Accounts by state.</param>
/// <param name="DeadLettered">Account records that carry no usable account_id, by reason.</param>
public sealed record TrueAccounts(IReadOnlyDictionary<string, long> ByState, IReadOnlyDictionary<string, long> DeadLettered);

public sealed record TrueObjects(long Accepted, long Parked, IReadOnlyDictionary<string, long> DeadLettered);

/// <summary>A story that the data tells.</summary>
/// <param name="Leaves">An account that must have been out in between.</param>
public sealed record TrueStory(string Name, IReadOnlyList<TrueStoryObject> Objects, string? Leaves);

/// <param name="AccountId">The account that it must be under, or the account_id that it must wait for.</param>
/// <param name="ObservedAt">Of a usage event, its own time.</param>
/// <param name="Rule">The near-miss rule that must explain why it waits.</param>
public sealed record TrueStoryObject(string Source, string ObjectType, string NativeId, string Place, string? AccountId, DateTimeOffset? ObservedAt, string? Rule);
