using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;

namespace Pipeline.Unit.Tests.Gatekeeper;

public sealed class SuggestionTests
{
    private static readonly WaitingSource[] Waiting = [new("desk", 3), new("mail", 5)];

    [Fact]
    public void A_near_miss_names_its_rule_both_texts_and_what_a_correction_of_each_source_would_free()
    {
        var near = Assert.Single(Of("Nord\u00a0wind", [Account("Nord wind")]));
        Assert.Equal(["white_space"], near.Rules);
        Assert.Equal(("Nord⟨NBSP⟩wind", "Nord wind"), (near.Asked, near.Known));
        Assert.Equal([("mail", 5L), ("desk", 3L)], near.Corrections.Select(correction => (correction.Source, correction.Frees)));
        Assert.All(near.Corrections, correction => Assert.Equal("Nord\u00a0wind", correction.Claim.Value));
    }

    [Fact]
    public void Every_candidate_is_told_and_the_one_with_the_fewest_rules_first() =>
        Assert.Equal([["case"], ["white_space", "case"]], Of("acme", [Account("ACME "), Account("Acme")]).Select(near => near.Rules.ToArray()));

    [Fact]
    public void What_only_shares_the_fold_is_not_near() => Assert.Empty(Of("123000.0", [Account("123"), Account("123000.0")]));

    [Fact]
    public void A_value_that_is_an_account_of_its_own_has_no_correction() =>
        Assert.Empty(Assert.Single(Suggestion.Of(ClaimKey.Of(AccountId.Of("ACME")), isAccount: true, [Account("Acme")], Waiting)).Corrections);

    [Theory]
    [InlineData(Standing.Admitted, 5)]
    [InlineData(Standing.Refused, 0)]
    [InlineData(Standing.Withdrawn, 0)]
    public void Nothing_is_freed_by_an_account_that_is_not_in(Standing standing, long frees) =>
        Assert.Equal(frees, Assert.Single(Of("acme", [Account("Acme", standing)])).Corrections[0].Frees);

    private static IReadOnlyList<Pipeline.Contracts.Operations.NearMissLine> Of(string asked, KnownSpelling[] known) => Suggestion.Of(ClaimKey.Of(AccountId.Of(asked)), isAccount: false, known, Waiting);

    private static KnownSpelling Account(string text, Standing standing = Standing.Admitted) => new(ClaimKey.Of(AccountId.Of(text)), AccountId.Of(text), standing);
}
