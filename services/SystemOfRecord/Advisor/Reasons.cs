using System.Globalization;
using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>What a candidate's criteria say, in plain words. Pure.</summary>
internal static class Reasons
{
    public static IReadOnlyList<string> Of(SorCandidate candidate) =>
        [Held(candidate), .. candidate.Unknown.Select(unknown => Unknown(candidate, unknown)), Identity(candidate), Making(candidate), Mandatory(candidate), Filter(candidate), Path(candidate)];

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{(share is > 0.99 and < 1 ? 99 : share is > 0 and < 0.01 ? 1 : Math.Round(share * 100))} %");

    public static string Many(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private static string Held(SorCandidate candidate) => candidate.Known == 0
        ? $"No other system states an account_id, so nothing can be missing in {candidate.System}."
        : $"{candidate.System} holds {Percent(candidate.HeldShare)} of all accounts that other systems know ({candidate.Held} of {candidate.Known}){Near(candidate)}.";

    private static string Near(SorCandidate candidate) => candidate.NearlyHeld == 0 ? "" : $"; it has {candidate.NearlyHeld} more in another spelling";

    private static string Unknown(SorCandidate candidate, UnknownAccounts unknown) =>
        $"{Many(unknown.Count, "account")} of {unknown.System} {(unknown.Count == 1 ? "is" : "are")} unknown to {candidate.System}{(unknown.Examples.Count == 0 ? "" : $" (for example {string.Join(", ", unknown.Examples)})")}.";

    private static string Identity(SorCandidate candidate) =>
        $"Its {candidate.Field} is on {Percent(candidate.Coverage)} of {Many(candidate.Records, "record")} and {(candidate.Uniqueness >= 1 ? "no two share one" : $"{Percent(candidate.Uniqueness)} of them are different")}.";

    private static string Making(SorCandidate candidate) => candidate.MadeBy switch
    {
        ValueMaking.Program => $"Its {candidate.Field} looks made by a program: one form, no spaces, no slips.",
        ValueMaking.Person => $"Its {candidate.Field} looks typed by hand: the form varies, or there are spaces, case and typing slips.",
        _ => $"How its {candidate.Field} is made cannot be told.",
    };

    private static string Mandatory(SorCandidate candidate) =>
        $"A name is on {Percent(candidate.NameCoverage)} of its records, a join date on {Percent(candidate.JoinDateCoverage)}.";

    private static string Filter(SorCandidate candidate) => candidate.Filter is { } filter
        ? $"Accounts can be filtered by {filter.Field}: {string.Join(", ", filter.Values.OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key} {value.Value}"))}."
        : "It has no field to filter by.";

    private static string Path(SorCandidate candidate) => candidate.Path is { } path
        ? $"{Percent(path.Coverage)} of its records are linked with {path.System}, which can be a filter."
        : "Its records are linked with no other system.";
}
