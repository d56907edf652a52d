using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.NearMisses;

/// <summary>A known key of the same fold, and the account that it belongs to.</summary>
/// <param name="Standing">Null where nobody has decided on the account.</param>
public sealed record KnownSpelling(ClaimKey Key, AccountId Account, Standing? Standing);

/// <summary>How many objects of a source wait for a key.</summary>
public sealed record WaitingSource(string Source, long Objects);

/// <summary>What is near to a key that is waited for. Pure. It tells, and decides nothing: every candidate is told, none is preferred.</summary>
public static class Suggestion
{
    /// <param name="asked">The key that is waited for.</param>
    /// <param name="isAccount">Whether an account of exactly that name has been decided on. Then both may be right, and nothing can be corrected.</param>
    public static IReadOnlyList<NearMissLine> Of(ClaimKey asked, bool isAccount, IEnumerable<KnownSpelling> known, IReadOnlyList<WaitingSource> waiting) =>
    [
        .. from spelling in known.Distinct()
           let rules = NearMiss.Between(asked.Value, spelling.Key.Value)
           where rules is not null
           orderby rules.Count, spelling.Key.Value, spelling.Account.Text
           select new NearMissLine(
               [.. rules.Select(rule => rule.Code)], Visible.Text(asked.Value, rules), Visible.Text(spelling.Key.Value, rules), spelling.Account.Text,
               spelling.Standing?.ToString().ToLowerInvariant(), isAccount ? [] : Corrections(asked, spelling, waiting)),
    ];

    private static IReadOnlyList<PossibleCorrection> Corrections(ClaimKey asked, KnownSpelling spelling, IReadOnlyList<WaitingSource> waiting) =>
    [
        .. waiting.OrderByDescending(source => source.Objects).ThenBy(source => source.Source, StringComparer.Ordinal)
            .Select(source => new PossibleCorrection(source.Source, asked.ToClaim(), spelling.Account.Text, spelling.Standing == Standing.Admitted ? source.Objects : 0)),
    ];
}
