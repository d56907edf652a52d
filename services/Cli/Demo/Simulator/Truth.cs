namespace Pipeline.Cli.Demo.Simulator;

/// <summary>The end state that the simulated data must lead to, as the simulator gives it. Only what is compared is read.</summary>
public sealed record Truth(TrueAccounts Accounts, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TrueObjects>> Sources);

/// <param name="ByState">Accounts by state.</param>
/// <param name="DeadLettered">Account records that carry no usable account_id, by reason.</param>
public sealed record TrueAccounts(IReadOnlyDictionary<string, long> ByState, IReadOnlyDictionary<string, long> DeadLettered);

public sealed record TrueObjects(long Accepted, long Parked, IReadOnlyDictionary<string, long> DeadLettered);
