using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>
/// The rule of ranking: a candidate that is usable as it is comes before one that is not; then more points come first. Points and usability
/// never fall when a criterion rises, so a candidate that is at least as good in every one never ranks lower. Pure; the order of the candidates
/// does not matter. The weights are explained in docs/decisions/0010-how-advice-is-ranked.md.
/// </summary>
public static class Ranking
{
    public const int HeldPoints = 50;
    public const int CoveragePoints = 15;
    public const int UniquenessPoints = 10;
    public const int MakingPoints = 10;
    public const int MandatoryPoints = 10;
    public const int SteadinessPoints = 2;
    public const int FilterPoints = 2;
    public const int PathPoints = 1;

    /// <summary>Of the records, how many must have each mandatory field.</summary>
    public const double Mandatory = 0.9;

    /// <summary>Of the values, how many must be different: what two records share is contested.</summary>
    public const double Unique = 0.95;

    /// <summary>Of the accounts known to others, how many it must hold.</summary>
    public const double Holding = 0.5;

    public static bool IsUsable(SorCandidate candidate) =>
        candidate is { Coverage: >= Mandatory, NameCoverage: >= Mandatory, JoinDateCoverage: >= Mandatory, Uniqueness: >= Unique, HeldShare: >= Holding };

    public static double Points(SorCandidate candidate) => Math.Round(
        (HeldPoints * candidate.HeldShare)
        + (CoveragePoints * candidate.Coverage)
        + (UniquenessPoints * candidate.Uniqueness)
        + (MakingPoints * Made(candidate.MadeBy))
        + (MandatoryPoints * (candidate.NameCoverage + candidate.JoinDateCoverage) / 2)
        + (SteadinessPoints * candidate.Steadiness)
        + (candidate.Filter is null ? 0 : FilterPoints)
        + (PathPoints * (candidate.Path?.Coverage ?? 0)), 2);

    /// <summary>The best first; of those with the same rank by name. A candidate that is as good as the one before it shares its rank.</summary>
    public static IReadOnlyList<Recommendation> Of(IEnumerable<SorCandidate> candidates)
    {
        var ordered = candidates.Select(candidate => (Candidate: candidate, Usable: IsUsable(candidate), Points: Points(candidate)))
            .OrderByDescending(ranked => ranked.Usable).ThenByDescending(ranked => ranked.Points)
            .ThenBy(ranked => ranked.Candidate.System, StringComparer.Ordinal).ThenBy(ranked => FieldOrder(ranked.Candidate.Field)).ThenBy(ranked => ranked.Candidate.Field, StringComparer.Ordinal).ToList();
        return [.. ordered.Select(ranked => new Recommendation(
            1 + ordered.FindIndex(other => other.Usable == ranked.Usable && other.Points.Equals(ranked.Points)),
            ranked.Candidate, ranked.Usable, ranked.Points, Reasons.Of(ranked.Candidate), Repairs.Of(ranked.Candidate)))];
    }

    public static double Made(string by) => by switch { ValueMaking.Program => 1, ValueMaking.Person => 0, _ => 0.5 };

    private static int FieldOrder(string field) => field switch { ProfiledField.AccountId => 0, ProfiledField.NativeId => 1, _ => 2 };
}
