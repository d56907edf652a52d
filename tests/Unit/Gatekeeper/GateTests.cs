using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using static Pipeline.Unit.Tests.Gatekeeper.Children;

namespace Pipeline.Unit.Tests.Gatekeeper;

public sealed class GateTests
{
    [Fact]
    public void A_child_of_an_admitted_account_is_accepted() =>
        Assert.Equal("A", Assert.IsType<Decision.Accept>(Gate.Decide(Child(1), Admitted("A"))).Account.Text);

    [Theory]
    [InlineData("a")]
    [InlineData("A ")]
    [InlineData("А")] // Cyrillic
    public void An_account_id_that_differs_by_a_byte_is_another_account(string account) =>
        Assert.IsType<Decision.Park>(Gate.Decide(Child(1), Admitted(account)));

    [Fact]
    public void A_child_whose_account_is_unknown_waits_for_exactly_that_account()
    {
        var park = Assert.IsType<Decision.Park>(Gate.Decide(Child(1), new Answers()));
        Assert.Equal(ClaimKey.Of(AccountId.Of("A")), park.WaitsFor);
        Assert.Equal(ParkedWhy.Unanswered, park.Why);
    }

    [Fact]
    public void A_parent_that_is_bound_leads_to_its_account() =>
        Assert.Equal("A", Assert.IsType<Decision.Accept>(Gate.Decide(Child(1, "\"parent_id\":7"), Admitted("A").Bound("7", "A"))).Account.Text);

    [Fact]
    public void A_parent_that_is_unknown_is_waited_for() =>
        Assert.Equal(ClaimKey.Parent("desk", "7"), Assert.IsType<Decision.Park>(Gate.Decide(Child(1, "\"parent_id\":7"), Admitted("A"))).WaitsFor);

    [Fact]
    public void A_parent_whose_account_is_not_admitted_makes_the_child_wait_for_the_account() =>
        Assert.Equal(ClaimKey.Of(AccountId.Of("B")), Assert.IsType<Decision.Park>(Gate.Decide(Child(1, "\"parent_id\":7"), Admitted("A").Bound("7", "B"))).WaitsFor);

    [Fact]
    public void A_key_with_two_answers_is_ambiguous_and_nobody_chooses()
    {
        var park = Assert.IsType<Decision.Park>(Gate.Decide(Child(1, "\"parent_id\":7"), Admitted("A", "B").Bound("7", "A", "B")));
        Assert.Equal(ParkedWhy.Ambiguous, park.Why);
        Assert.Equal(Reason.ClaimAmbiguous, park.WhenTimeIsUp().Reason);
    }

    [Fact]
    public void The_first_claim_with_a_value_decides_and_the_next_is_not_tried() =>
        Assert.Equal(ClaimKey.Parent("desk", "9"), Assert.IsType<Decision.Park>(Gate.Decide(
            Child(1, "\"claims\":[{\"by\":\"email\",\"value\":\"\"},{\"by\":\"parent\",\"value\":\"9\"},{\"by\":\"account_id\",\"value\":\"A\"}]"), Admitted("A"))).WaitsFor);

    [Fact]
    public void A_child_that_claims_nothing_is_refused() =>
        Assert.Equal(Reason.AccountIdMissing, Assert.IsType<Decision.Refuse>(Gate.Decide(Child(1, "\"data\":{}"), Admitted("A"))).Refusal.Reason);

    [Fact]
    public void A_number_with_a_fraction_is_refused_even_beside_another_claim() =>
        Assert.Equal(Reason.AccountIdNotText, Assert.IsType<Decision.Refuse>(Gate.Decide(Child(1, "\"account_id\":12345.0,\"parent_id\":\"7\""), Admitted("12345").Bound("7", "12345"))).Refusal.Reason);

    [Fact]
    public void Emails_are_compared_trimmed_and_case_blind()
    {
        var answers = Admitted("A");
        answers.Bind(ClaimKey.Email("jo@example.org").Id, new StatedAccount(AccountId.Of("A"), ""));
        Assert.IsType<Decision.Accept>(Gate.Decide(Child(1, "\"email\":\" Jo@Example.ORG \""), answers));
    }

    [Theory]
    [InlineData(Standing.Refused)]
    [InlineData(Standing.Withdrawn)]
    public void A_child_of_an_account_that_is_out_waits_and_dies_for_that_reason(Standing standing)
    {
        var answers = new Answers();
        answers.Stand(ClaimKey.Of(AccountId.Of("A")).Id, standing);
        var park = Assert.IsType<Decision.Park>(Gate.Decide(Child(1), answers));
        Assert.Equal(ParkedWhy.NotAdmitted, park.Why);
        Assert.Equal(Reason.AccountRefused, park.WhenTimeIsUp().Reason);
    }
}
