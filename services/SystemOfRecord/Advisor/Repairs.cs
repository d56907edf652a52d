using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>What a candidate lacks, the gravest first, in plain words; and the repair that would change the first place. Pure.</summary>
internal static class Repairs
{
    /// <summary>What keeps it from being usable comes first, then what costs points.</summary>
    public static IReadOnlyList<string> Of(SorCandidate candidate) => [.. Lacks(candidate).OrderByDescending(lack => lack.Grave).Select(lack => lack.Text)];

    /// <summary>
    /// The candidate that would rank first if its records were complete and its ids of one spelling: what is to be done there is the first
    /// repair. Where that is the first one already, its own gravest lack; null where it lacks nothing.
    /// </summary>
    public static string? First(IReadOnlyList<Recommendation> ranked)
    {
        if (ranked.Count == 0) return null;
        var best = Ranking.Of(ranked.Select(recommendation => Repaired(recommendation.Candidate)))[0].Candidate;
        var own = ranked.First(recommendation => recommendation.Candidate.System == best.System);
        if (own.Repairs.Count == 0) return null;
        return own.Rank == 1 ? $"{best.System}: {own.Repairs[0]}" : $"{best.System} would rank first if this were repaired: {string.Join(' ', own.Repairs)}";
    }

    private static SorCandidate Repaired(SorCandidate candidate) => candidate with
    {
        Held = candidate.Held + candidate.NearlyHeld, Coverage = 1, NameCoverage = 1, JoinDateCoverage = 1,
    };

    private static IEnumerable<(bool Grave, string Text)> Lacks(SorCandidate candidate)
    {
        if (candidate.JoinDateCoverage < 1) yield return (candidate.JoinDateCoverage < Ranking.Mandatory, Missing(candidate, "a join date", candidate.JoinDateCoverage));
        if (candidate.NameCoverage < 1) yield return (candidate.NameCoverage < Ranking.Mandatory, Missing(candidate, "a name", candidate.NameCoverage));
        if (candidate.Coverage < 1) yield return (candidate.Coverage < Ranking.Mandatory, Missing(candidate, $"a value in {candidate.Field}", candidate.Coverage));
        if (candidate.Uniqueness < 1) yield return (candidate.Uniqueness < Ranking.Unique, $"Values of {candidate.Field} are on more than one record: merge those records, or give each its own.");
        if (candidate.NearlyHeld > 0) yield return (false, $"{Reasons.Many(candidate.NearlyHeld, "account_id")} {(candidate.NearlyHeld == 1 ? "differs" : "differ")} from those of other systems in spelling alone: write them alike.");
        if (candidate.HeldShare < Ranking.Holding) yield return (true, $"It knows too few accounts: {candidate.Held} of {candidate.Known}.");
    }

    private static string Missing(SorCandidate candidate, string what, double coverage)
    {
        var lacking = (long)Math.Round(candidate.Records * (1 - coverage));
        return lacking == candidate.Records
            ? $"All {Reasons.Many(candidate.Records, "record")} of {candidate.System} lack {what}."
            : $"{Reasons.Many(lacking, "record")} of {candidate.Records} of {candidate.System} {(lacking == 1 ? "lacks" : "lack")} {what}.";
    }
}
