using Pipeline.Contracts;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>From when on somebody says that a user belongs to an account.</summary>
/// <param name="Origin">Whose word it is: the user table, or one contact or account user.</param>
/// <param name="IsOfTable">Whether it is the user table's.</param>
/// <param name="From">When it came into force: the time of the row or of the contact's version.</param>
/// <param name="Account">Null where the contact was deleted: from then on it says nothing.</param>
public sealed record UserLink(Guid Origin, bool IsOfTable, DateTimeOffset From, StatedAccount? Account);

/// <summary>
/// Whose a user is, true in time: a user who moves takes new objects along, and old ones stay. What an origin said first also
/// holds for the time before, of which nothing else is known. Where the user table knows the user, contacts are not asked: they
/// lag behind it.
/// </summary>
public sealed class UserHistory
{
    private readonly List<UserLink> _links = [];

    public bool IsOfTable => _links.Exists(link => link.IsOfTable);

    public void Add(UserLink link) => _links.Add(link);

    public IEnumerable<StatedAccount> At(DateTimeOffset time)
    {
        var ofTable = IsOfTable;
        return _links.Where(link => link.IsOfTable == ofTable).GroupBy(link => link.Origin)
            .Select(origin => InForce([.. origin.OrderBy(link => link.From)], time)).OfType<StatedAccount>().Distinct();
    }

    private static StatedAccount? InForce(UserLink[] links, DateTimeOffset time) =>
        (Array.FindLast(links, link => link.From <= time) ?? links[0]).Account;
}
