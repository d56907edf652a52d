using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Tests.Stories;

/// <summary>
/// Where each object must be seen once all has been heard, worked out from the set of what happened, whatever its order. Written
/// for reading, from the design and not from the code: each answer is looked up anew.
/// </summary>
public sealed class ReferenceModel(IEnumerable<Happening> story)
{
    private readonly List<Happening> _story = [.. story.Distinct()];

    /// <summary>The account under which each object is in view, and the time of its version there; or null.</summary>
    public SortedDictionary<string, string?> View()
    {
        var view = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var versions in _story.OfType<Happening.Child>().GroupBy(child => $"{child.Type} {child.NativeId}"))
            view[versions.Key] = InView([.. versions]) is { } seen ? $"{seen.Account} {seen.Version}" : null;
        return view;
    }

    /// <summary>Of the newest version for each claim, the newest that is let in.</summary>
    private (string Account, int Version)? InView(Happening.Child[] versions) => versions
        .GroupBy(version => (version.By, version.Value)).Select(same => same.MaxBy(Order)!).OrderByDescending(Order)
        .Select(version => (Account: LetIn(version), version.Version)).FirstOrDefault(seen => seen.Account is not null) is { Account: { } account } first ? (account, first.Version) : null;

    private string? LetIn(Happening.Child child) => Answers(child) is [var only] && IsIn(only) ? only : null;

    private List<string> Answers(Happening.Child child) => child.By switch
    {
        "account_id" => Meant(child.Value),
        "parent" => [.. Bound(child.Value)],
        "email" => [.. People().Where(IsIn).Distinct()],
        _ => [.. Users(child.Value, child.Version).SelectMany(Meant).Distinct()],
    };

    private IEnumerable<string> Bound(string record) =>
        _story.OfType<Happening.Recorded>().Where(said => said.NativeId == record).MaxBy(said => said.Version) is { Account: { } account } ? Meant(account) : [];

    private List<string> Meant(string written)
    {
        var corrections = _story.OfType<Happening.Corrected>().Where(correction => correction.Value == written).ToList();
        if (corrections.Count == 0 || corrections.Exists(correction => correction.Undone)) return [written];
        return IsIn(written) ? [written, corrections[0].Account] : [corrections[0].Account];
    }

    private bool IsIn(string account) => _story.OfType<Happening.Decided>().Where(decided => decided.Account == account).MaxBy(decided => decided.Revision) is { IsIn: true };

    /// <summary>The accounts of the contacts that are in and say what they say by more than an email or a user.</summary>
    private IEnumerable<string> People() => _story.OfType<Happening.Child>().Where(child => child.Type == "contact").GroupBy(child => child.NativeId)
        .Select(versions => (Seen: InView([.. versions]), Versions: versions)).Where(person => person.Seen is not null)
        .Where(person => !person.Versions.Where(version => version.Version == person.Seen!.Value.Version).MaxBy(Order)!.Deleted)
        .Select(person => person.Seen!.Value.Account);

    /// <summary>The user table as of the time; contacts that carry an account_id where it does not know the user.</summary>
    private IEnumerable<string> Users(string user, int at)
    {
        var table = _story.OfType<Happening.Mapped>().Where(row => row.User == user).OrderBy(row => row.At).ToList();
        if (table.Count > 0) return [(table.LastOrDefault(row => row.At <= at) ?? table[0]).Account];
        return user != "v" ? [] : _story.OfType<Happening.Child>().Where(child => child is { Type: "contact", By: "account_id" }).GroupBy(child => child.NativeId).SelectMany(person => Said([.. person], at));
    }

    private static IEnumerable<string> Said(Happening.Child[] person, int at)
    {
        var versions = person.GroupBy(child => child.Version).Select(same => same.MaxBy(Order)!).OrderBy(child => child.Version).ToList();
        return (versions.LastOrDefault(child => child.Version <= at) ?? versions[0]) is { Deleted: false } inForce ? [inForce.Value] : [];
    }

    /// <summary>Of two versions of one time the one with the higher hash is the newer (decision record 6).</summary>
    private static (int, Guid) Order(Happening.Child child) => (child.Version, StableId.Of(Encoding.UTF8.GetBytes(child.Body)));
}
