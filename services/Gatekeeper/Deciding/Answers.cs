using Pipeline.Contracts;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>What is known of an account at the moment of a decision.</summary>
public enum Standing
{
    /// <summary>Nobody has decided on it yet.</summary>
    Unknown,
    Admitted,
    Refused,
    Withdrawn,
}

/// <summary>What is known about the keys that a batch of children names, read in one snapshot.</summary>
public sealed class Answers
{
    private readonly Dictionary<Guid, HashSet<AccountId>> _bindings = [];
    private readonly Dictionary<Guid, Standing> _standings = [];

    public void Bind(Guid claimKey, AccountId account) =>
        (_bindings.TryGetValue(claimKey, out var accounts) ? accounts : _bindings[claimKey] = []).Add(account);

    public void Stand(Guid accountKey, Standing standing) => _standings[accountKey] = standing;

    /// <summary>The accounts that the key belongs to: none, one, or, when evidence disagrees, several.</summary>
    public IReadOnlyCollection<AccountId> Of(ClaimKey key) => key.Kind == ClaimKind.AccountId
        ? [AccountId.Of(key.Value)]
        : _bindings.TryGetValue(key.Id, out var accounts) ? accounts : [];

    public Standing StandingOf(AccountId account) => _standings.GetValueOrDefault(ClaimKey.Of(account).Id);
}
