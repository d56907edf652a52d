using Pipeline.Cli.Demo;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheEndState
{
    [Fact]
    public void What_is_as_it_must_be_does_not_differ() =>
        Assert.Empty(EndState.Differences(EndState.Of(Reports.Truth), EndState.Of(Reports.Status)!));

    [Fact]
    public void It_is_not_known_before_both_services_have_said_their_part()
    {
        Assert.Null(EndState.Of((StatusReport?)null));
        Assert.Null(EndState.Of(Reports.Status with { Gatekeeper = null }));
        Assert.Null(EndState.Of(Reports.Status with { SystemOfRecord = null }));
    }

    [Fact]
    public void Every_figure_that_differs_is_named_on_either_side()
    {
        var found = EndState.Of(Reports.Status with
        {
            Gatekeeper = Reports.Gatekeeper with { Objects = [Reports.Gatekeeper.Objects[0] with { Accepted = 39, Parked = 1 }, .. Reports.Gatekeeper.Objects.Skip(1), new("mail", "letter", 1, 0, Reports.Counts())] },
        })!;

        Assert.Equal(
            ["mail letter accepted: expected 0, found 1", "portal booking accepted: expected 40, found 39", "portal booking parked: expected 0, found 1"],
            EndState.Differences(EndState.Of(Reports.Truth), found).Select(difference => difference.ToString()));
    }

    [Fact]
    public void Letters_that_the_gatekeeper_does_not_count_are_about_accounts() =>
        Assert.Equal(Reports.Counts(("account_id_missing", 3)), EndState.Of(Reports.Status)!.AccountRecords);

    [Fact]
    public void A_letter_that_is_not_yet_in_the_office_is_not_a_negative_count() =>
        Assert.Empty(EndState.Of(Reports.Status with { DeadLetters = Reports.Counts(("account_id_missing", 1)) })!.AccountRecords);
}
