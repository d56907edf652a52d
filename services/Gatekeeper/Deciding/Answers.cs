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
    private readonly Dictionary<Guid, HashSet<StatedAccount>> _bindings = [];
    private readonly Dictionary<Guid, Standing> _standings = [];
    private readonly Dictionary<(string Source, Guid Key), AccountId> _corrections = [];
    private readonly Dictionary<Guid, UserHistory> _users = [];
    private AccountId? _supposed;

    public void Bind(Guid claimKey, StatedAccount account) =>
        (_bindings.TryGetValue(claimKey, out var accounts) ? accounts : _bindings[claimKey] = []).Add(account);

    public void Stand(Guid accountKey, Standing standing) => _standings[accountKey] = standing;

    /// <summary>A person's word that this value, where this source writes it, means that account.</summary>
    public void Correct(string source, Guid claimKey, AccountId account) => _corrections[(source, claimKey)] = account;

    public void Link(Guid userKey, UserLink link) => (_users.TryGetValue(userKey, out var history) ? history : _users[userKey] = new()).Add(link);

    public Standing StandingOf(AccountId account) => _supposed == account ? Standing.Admitted : _standings.GetValueOrDefault(ClaimKey.Of(account).Id);

    /// <summary>The same, were this account admitted.</summary>
    public Answers Supposing(AccountId account)
    {
        var answers = (Answers)MemberwiseClone(); // what is known is shared
        answers._supposed = account;
        return answers;
    }

    /// <summary>The accounts that the key belongs to: none, one, or, when evidence disagrees, several.</summary>
    /// <param name="source">The source of the child that names the key: corrections are one source's own.</param>
    /// <param name="at">The time of the child's version: whose a user is depends on it.</param>
    public Answer To(ClaimKey key, string source, DateTimeOffset at) => key.Kind switch
    {
        ClaimKind.AccountId => Itself(new StatedAccount(AccountId.Of(key.Value), source)),
        _ when _corrections.TryGetValue((source, key.Id), out var corrected) => new([corrected], AnswerRule.Correction),
        ClaimKind.UserId => Of(key, at),
        ClaimKind.Email => new([.. Bound(key).Where(account => StandingOf(account) == Standing.Admitted)], AnswerRule.PeopleOfAdmittedAccounts),
        _ => new([.. Bound(key)], AnswerRule.Records),
    };

    private Answer Itself(StatedAccount stated)
    {
        var accounts = Corrected(stated).ToArray();
        return new(accounts, accounts is [var only] && only == stated.Account ? AnswerRule.Itself : AnswerRule.Correction);
    }

    private Answer Of(ClaimKey user, DateTimeOffset at)
    {
        if (!_users.TryGetValue(user.Id, out var history)) return new([.. Bound(user)], AnswerRule.UserTable);
        return new([.. history.At(at).SelectMany(Corrected).Distinct()], history.IsOfTable ? AnswerRule.UserTable : AnswerRule.People);
    }

    private IEnumerable<AccountId> Bound(ClaimKey key) =>
        _bindings.TryGetValue(key.Id, out var accounts) ? accounts.SelectMany(Corrected).Distinct() : [];

    /// <summary>
    /// What a source writes is what it says, unless a person has said what it means. If an account of exactly that name has been
    /// admitted since, both may be right, and nobody chooses.
    /// </summary>
    private IEnumerable<AccountId> Corrected(StatedAccount stated)
    {
        if (!_corrections.TryGetValue((stated.Source, ClaimKey.Of(stated.Account).Id), out var meant)) return [stated.Account];
        return StandingOf(stated.Account) == Standing.Admitted ? [stated.Account, meant] : [meant];
    }
}

/// <summary>An account as somebody has written it.</summary>
/// <param name="Source">Who wrote it: the system of the record, so that this system's corrections apply. Empty where it was no system.</param>
public readonly record struct StatedAccount(AccountId Account, string Source);

/// <summary>The accounts that a key leads to, and by which rule.</summary>
public sealed record Answer(IReadOnlyList<AccountId> Accounts, AnswerRule Rule);

/// <summary>Why a key leads where it leads.</summary>
public enum AnswerRule
{
    /// <summary>An account_id names its account.</summary>
    Itself,

    /// <summary>A person has said what the value means where this source writes it.</summary>
    Correction,

    /// <summary>Records of the systems, and links of the admitted accounts.</summary>
    Records,

    /// <summary>Contacts and account users of admitted accounts, and the accounts' own records.</summary>
    PeopleOfAdmittedAccounts,

    /// <summary>The user table, as of the time of the object.</summary>
    UserTable,

    /// <summary>Contacts and account users that carry both an account_id and the user id.</summary>
    People,
}
