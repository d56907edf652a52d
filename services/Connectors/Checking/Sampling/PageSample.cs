using Pipeline.Connectors.Engine;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking.Sampling;

/// <summary>What the records of a page come to, counted. Pure.</summary>
public static class PageSample
{
    private const int MostReasons = 3;

    public static FeedSample Of(Feed feed, Page page)
    {
        var mapped = page.Records.Select(record => (Record: record, Mapped: RecordMessages.Map(feed, record))).ToList();
        var accounts = mapped.Select(found => found.Mapped).OfType<Mapped.Account>().Select(account => account.Message).ToList();
        var children = mapped.Select(found => found.Mapped).OfType<Mapped.Child>().Select(child => child.Message).ToList();
        var unmappable = mapped.Select(found => found.Mapped).OfType<Mapped.Unmappable>().ToList();
        var ids = mapped.Select(found => (found.Record, Stated: Stated(found.Mapped))).Where(found => found.Stated is not null).Select(found => new Carrier(found.Record, found.Stated!.Value)).ToList();
        return new(
            mapped.Count, page.Total, page.Next is not null,
            unmappable.Count, Counted(unmappable.Select(record => record.Detail), MostReasons),
            accounts.Count, accounts.Count(account => account.Links.Count > 0), accounts.Count(account => account.Emails.Count > 0),
            children.Count, Counted(children.Select(ClaimOf)),
            ids.Count == 0 ? null : AccountIds.Of(ids));
    }

    /// <summary>The most frequent first.</summary>
    public static IReadOnlyDictionary<string, long> Counted(IEnumerable<string> names, int most = int.MaxValue) => new Dictionary<string, long>(names.GroupBy(name => name)
        .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Take(most).Select(same => KeyValuePair.Create(same.Key, same.LongCount())));

    /// <summary>The claim that decides is the first: the list of claims where there is one, else the short forms, the most direct first.</summary>
    private static string ClaimOf(ChildObjectReceived child) =>
        child.Claims.Count > 0 ? ClaimNames.Of(child.Claims[0].By)
        : child.AccountId.Value is not null ? ClaimNames.Of(ClaimKind.AccountId)
        : child.ParentId is not null ? ClaimNames.Of(ClaimKind.Parent)
        : child.Email is not null ? ClaimNames.Of(ClaimKind.Email)
        : child.UserId is not null ? ClaimNames.Of(ClaimKind.UserId)
        : child.AccountSupportId is not null ? ClaimNames.Of(ClaimKind.AccountSupportId)
        : "nothing";

    /// <summary>What an account states, or a child that claims by it; null for a child that does not.</summary>
    private static StatedAccountId? Stated(Mapped mapped) => mapped switch
    {
        Mapped.Account(var account) => account.AccountId,
        Mapped.Child({ Claims: [{ By: ClaimKind.AccountId } claim, ..] }) => StatedAccountId.Of(claim.Value),
        Mapped.Child({ Claims.Count: 0, AccountId.IsMissing: false } child) => child.AccountId,
        _ => null,
    };
}
