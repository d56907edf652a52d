using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>The fields that could be the account_id, of all systems, and how far they overlap. Pure.</summary>
internal sealed class CandidateFields(IReadOnlyList<SystemTally> systems, IReadOnlyList<SystemProfile> profiles)
{
    private readonly Dictionary<int, (FieldTally Tally, FieldProfile Profile)> _byNumber = (
        from profile in profiles
        from field in profile.Fields
        where Profiles.IsCandidate(field)
        select (Tally: systems.Single(system => system.System == profile.System).Fields.Single(tally => tally.Field == field.Field), Profile: field)).ToDictionary(found => found.Tally.Number);

    public IReadOnlyList<FieldTally> All => [.. _byNumber.Values.Select(found => found.Tally)];

    public SystemProfile SystemOf(FieldTally tally) => profiles.Single(profile => profile.System == tally.System);

    public FieldProfile ProfileOf(FieldTally tally) => _byNumber[tally.Number].Profile;

    /// <summary>Of each field, the candidate of each other system that shares the most of its values; none where nothing is shared in any spelling.</summary>
    public IReadOnlyList<FieldOverlap> Overlaps(IEnumerable<(int Field, int Other, long Shared, long InAnySpelling)> shared) => [.. shared
        .Select(pair => (One: _byNumber[pair.Field], Other: _byNumber[pair.Other].Tally, pair.Shared, pair.InAnySpelling))
        .Where(pair => pair.One.Tally.System != pair.Other.System)
        .GroupBy(pair => (pair.One.Tally.Number, pair.Other.System))
        .Select(group => group.OrderByDescending(pair => pair.Shared).ThenByDescending(pair => pair.InAnySpelling).ThenBy(pair => Order(pair.Other.Field)).ThenBy(pair => pair.Other.Field, StringComparer.Ordinal).First())
        .Select(pair => new FieldOverlap(pair.One.Tally.System, pair.One.Tally.Field, pair.Other.System, pair.Other.Field, pair.One.Profile.Distinct, pair.Shared, pair.InAnySpelling - pair.Shared))
        .OrderBy(overlap => overlap.System, StringComparer.Ordinal).ThenBy(overlap => overlap.Field, StringComparer.Ordinal).ThenBy(overlap => overlap.OtherSystem, StringComparer.Ordinal)];

    /// <summary>
    /// The field by which a system says which accounts it knows: the account_id that its records state; where none does, the candidate that
    /// shares at least a fifth of its values with another system. Null where it says nothing.
    /// </summary>
    public FieldTally? StatedBy(string system, IReadOnlyList<FieldOverlap> overlaps)
    {
        var own = systems.Single(tally => tally.System == system).Fields;
        if (own.FirstOrDefault(tally => tally.Field == ProfiledField.AccountId) is { } stated) return stated;
        return overlaps.Where(overlap => overlap.System == system && overlap.Shared * 5 >= overlap.Values).OrderByDescending(overlap => overlap.Shared).ThenBy(overlap => overlap.Field, StringComparer.Ordinal)
            .Select(overlap => own.Single(tally => tally.Field == overlap.Field)).FirstOrDefault();
    }

    public IReadOnlyList<string> Systems => [.. profiles.Select(profile => profile.System)];

    private static int Order(string field) => field == ProfiledField.AccountId ? 0 : field == ProfiledField.NativeId ? 1 : 2;
}
