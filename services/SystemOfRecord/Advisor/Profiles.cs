using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Turns counts into profiles. Pure.</summary>
internal static class Profiles
{
    /// <summary>A filter's field is on most records, and each of its values on one of a hundred at least.</summary>
    private const double FilterCoverage = 0.9;

    private const double FrequentEnough = 0.01;

    /// <summary>What is seldom different could be no account_id.</summary>
    private const double CandidateUniqueness = 0.5;

    public static SystemProfile Of(
        SystemTally system, IReadOnlyDictionary<int, (long Values, long Distinct)> counts, IReadOnlyDictionary<(string, string), (long Observed, long Changed)> changes, IReadOnlyDictionary<(string System, string Other), (long Linked, long Identified)> paths) => new(
        system.System, system.Records, system.Named, system.Joined,
        [.. system.Fields.Select(tally => Field(tally, system.Records, counts.GetValueOrDefault(tally.Number), changes.GetValueOrDefault((system.System, tally.Field)))).OrderBy(Place).ThenBy(field => field.Field, StringComparer.Ordinal)],
        [.. system.Fields.Where(tally => IsFilter(tally, system.Records)).OrderBy(tally => tally.Field, StringComparer.Ordinal).Select(tally => new FilterField(tally.Field, tally.Few!))],
        [.. paths.Where(path => path.Key.System == system.System).OrderByDescending(path => path.Value.Linked).ThenBy(path => path.Key.Other, StringComparer.Ordinal)
            .Select(path => new LinkPath(path.Key.Other, path.Value.Linked, Share(path.Value.Linked, system.Records)))]);

    /// <summary>Whether the field could be the account_id: text or whole numbers, different enough, and no address.</summary>
    public static bool IsCandidate(FieldProfile field) =>
        ProfiledField.IsIdentity(field.Field) && field.Type is ("text" or "integer" or "mixed") && field.Uniqueness >= CandidateUniqueness;

    private static FieldProfile Field(FieldTally tally, long records, (long Values, long Distinct) counts, (long Observed, long Changed) changes) => new(
        tally.Field, tally.Carried, Share(tally.Carried, records), counts.Values, counts.Distinct, Share(counts.Distinct, counts.Values), tally.Type, ValueMaking.Of(tally.Sample), changes.Observed, changes.Changed);

    private static bool IsFilter(FieldTally tally, long records) =>
        ProfiledField.IsIdentity(tally.Field) && tally.Field is not (ProfiledField.AccountId or ProfiledField.NativeId)
        && tally.Few is { Count: >= 2 } few && tally.Carried >= records * FilterCoverage && few.Count * 2 <= tally.Carried && few.Values.All(times => times >= records * FrequentEnough);

    private static int Place(FieldProfile field) => field.Field switch
    {
        ProfiledField.AccountId => 0,
        ProfiledField.NativeId => 1,
        ProfiledField.Email => 2,
        ProfiledField.SupportId => 3,
        _ => 4,
    };

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
