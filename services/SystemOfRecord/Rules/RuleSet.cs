namespace Pipeline.SystemOfRecord.Rules;

/// <summary>Who is let in: one set of rules, which never changes. A changed set is another one, with the next version.</summary>
/// <param name="SystemOfRecord">The system whose accounts are loaded; any system can be it.</param>
/// <param name="Filter">What its record must fulfil; null lets every record pass.</param>
/// <param name="Paths">Records that must exist in other systems; all must.</param>
public sealed record RuleSet(string SystemOfRecord, Criterion? Filter, IReadOnlyList<PathRule> Paths)
{
    /// <summary>1 for the first set of a database; 0 for one that is only tried.</summary>
    public int Version { get; init; }

    /// <summary>What the filter asks, one after the other: the parts of an <c>all</c> at its root stand for themselves.</summary>
    public IReadOnlyList<Criterion> Filters => Filter switch
    {
        null => [],
        Criterion.All all => all.Parts,
        var one => [one],
    };
}

/// <summary>
/// "Exists in that system, linked to our record, where ...". The link may be stored on either side: in the other system's
/// record (a CRM id) or in ours (the other system's id).
/// </summary>
/// <param name="System">The other system. It is also the name of the wait while it has nothing to say.</param>
/// <param name="Where">What must hold of the other system's record; null where it need only exist.</param>
public sealed record PathRule(string System, Criterion? Where);
