using CsCheck;
using Pipeline.Contracts.Operations;
using Pipeline.SystemOfRecord.Advisor;

namespace Pipeline.Properties.Tests.SystemOfRecord;

public sealed class RankingProperties
{
    private static readonly Gen<double> Share = Gen.Int[0, 20].Select(step => step / 20.0);

    private static readonly Gen<SorCandidate> Candidates = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 20], Share, Share, Share, Share, Share, Gen.Int[0, 2]).Select(drawn => new SorCandidate(
        $"system{drawn.Item1}", "account_id", 100, 20, drawn.Item2, 0, drawn.Item3, drawn.Item4, drawn.Item5, drawn.Item6,
        drawn.Item8 switch { 0 => "program", 1 => "person", _ => "unclear" }, drawn.Item7, null, null, []));

    [Fact]
    public void The_order_of_the_candidates_does_not_matter() =>
        Gen.Select(Candidates.Array[0, 6], Gen.Int).Sample(
            (candidates, seed) =>
            {
                var distinct = candidates.DistinctBy(candidate => candidate.System).ToArray();
                var shuffled = distinct.ToArray();
                new Random(seed).Shuffle(shuffled);
                Assert.Equal(Ranking.Of(distinct).Select(ranked => (ranked.Rank, ranked.Candidate.System)), Ranking.Of(shuffled).Select(ranked => (ranked.Rank, ranked.Candidate.System)));
            },
            iter: 2_000);

    [Fact]
    public void A_candidate_that_is_at_least_as_good_in_every_criterion_never_ranks_lower() =>
        Gen.Select(Candidates, Share, Gen.Int[0, 5]).Sample(
            (worse, better, criterion) =>
            {
                var improved = (criterion switch
                {
                    0 => worse with { Held = Math.Max(worse.Held, (long)(20 * better)) },
                    1 => worse with { Coverage = Math.Max(worse.Coverage, better) },
                    2 => worse with { Uniqueness = Math.Max(worse.Uniqueness, better) },
                    3 => worse with { JoinDateCoverage = Math.Max(worse.JoinDateCoverage, better) },
                    4 => worse with { NameCoverage = Math.Max(worse.NameCoverage, better) },
                    _ => worse with { MadeBy = "program" },
                }) with { System = "better" };
                var ranked = Ranking.Of([worse, improved]);
                Assert.True(ranked.Single(one => one.Candidate.System == "better").Rank <= ranked.Single(one => one.Candidate.System != "better").Rank);
            },
            iter: 5_000);
}
