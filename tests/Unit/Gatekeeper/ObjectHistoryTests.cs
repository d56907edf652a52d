using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using static Pipeline.Unit.Tests.Gatekeeper.Children;

namespace Pipeline.Unit.Tests.Gatekeeper;

public sealed class ObjectHistoryTests
{
    private static readonly ParkedSince Since = new(Start, Start.AddDays(1));
    private readonly ObjectHistory _history = new(Child(1).ObjectKey);

    [Fact]
    public void A_newer_version_replaces_the_accepted_one()
    {
        Assert.Equal(Outcome.Accepted, Arrive(Child(1)).Outcome);
        Assert.Equal(Outcome.Accepted, Arrive(Child(2)).Outcome);
        Assert.Equal(Child(2).Version, _history.Accepted!.Version);
    }

    [Fact]
    public void An_older_version_never_replaces_a_newer_one()
    {
        Arrive(Child(2));
        Assert.Equal(Outcome.Superseded, Arrive(Child(1)).Outcome);
        Assert.Equal(Child(2).Version, _history.Accepted!.Version);
    }

    [Fact]
    public void The_same_version_again_is_a_duplicate_wherever_it_is()
    {
        Arrive(Child(1));
        Assert.Equal(Outcome.Duplicate, Arrive(Child(1)).Outcome);
        Arrive(Child(2), new Answers());
        Assert.Equal(Outcome.Duplicate, Arrive(Child(2), new Answers()).Outcome);
        Arrive(Child(3, "\"account_id\":1.5"));
        Assert.Equal(Outcome.Duplicate, Arrive(Child(3, "\"account_id\":1.5")).Outcome);
    }

    [Fact]
    public void Of_two_versions_that_wait_for_the_same_key_the_newer_one_waits()
    {
        Arrive(Child(1), new Answers());
        Assert.Equal(new Change(Outcome.Parked, Superseded: 1), Arrive(Child(2), new Answers()));
        Assert.Equal(Child(2).Version, Assert.Single(_history.NewlyParked).Version);
    }

    [Fact]
    public void Two_versions_that_wait_for_different_keys_both_wait()
    {
        Arrive(Child(1), new Answers());
        Arrive(Child(2, "\"account_id\":\"B\""), new Answers());
        Assert.Equal(2, _history.NewlyParked.Count());
    }

    [Fact]
    public void An_accepted_version_puts_older_waiting_ones_out_of_date_and_leaves_newer_ones()
    {
        Arrive(Child(1, "\"account_id\":\"B\""), new Answers());
        Arrive(Child(3, "\"account_id\":\"C\""), new Answers());
        Assert.Equal(new Change(Outcome.Accepted, Superseded: 1), Arrive(Child(2)));
        Assert.Equal(Child(3, "\"account_id\":\"C\"").Version, Assert.Single(_history.NewlyParked).Version);
    }

    [Fact]
    public void A_released_version_that_was_overtaken_is_superseded()
    {
        _history.LoadParked(Waits, Child(1).Version);
        _history.LoadAccepted(Child(2).Version);
        Assert.Equal(Outcome.Superseded, Reconsider(Child(1), Admitted("A")).Outcome);
        Assert.Equal(Waits, Assert.Single(_history.NoLongerParked).WaitsFor);
    }

    [Fact]
    public void A_version_whose_key_got_an_answer_is_accepted_even_after_its_deadline()
    {
        _history.LoadParked(Waits, Child(1).Version);
        Assert.Equal(Outcome.Accepted, Reconsider(Child(1), Admitted("A"), Start.AddDays(2)).Outcome);
    }

    [Fact]
    public void A_version_whose_time_is_up_dies_and_names_the_key()
    {
        _history.LoadParked(Waits, Child(1).Version);
        Assert.Equal(Outcome.DeadLettered, Reconsider(Child(1), new Answers(), Start.AddDays(1)).Outcome);
        var dead = Assert.Single(_history.Buried).Value;
        Assert.Equal(Reason.AccountNeverAppeared, dead.Refusal.Reason);
        Assert.Equal("A", dead.WaitedFor!.Value.Value);
    }

    [Fact]
    public void A_version_waits_on_until_its_very_deadline()
    {
        _history.LoadParked(Waits, Child(1).Version);
        Assert.Equal(Outcome.Unchanged, Reconsider(Child(1), new Answers(), Start.AddDays(1).AddTicks(-1)).Outcome);
    }

    [Fact]
    public void Waiting_for_another_key_gives_no_more_time()
    {
        _history.LoadParked(ClaimKey.Parent("desk", "7").Id, Child(1, "\"parent_id\":7").Version);
        var row = new ParkedRow(Child(1, "\"parent_id\":7"), ClaimKey.Parent("desk", "7").Id, Since);
        var answers = new Answers().Bound("7", "B");
        Assert.Equal(Outcome.Parked, _history.Reconsider(row, Gate.Decide(row.Child, answers), new ExpiryClock(Start, true)).Outcome);
        Assert.Equal(Since, Assert.Single(_history.NewlyParked).Since);
    }

    [Fact]
    public void A_dead_version_that_comes_again_lives_if_its_account_is_there_now()
    {
        _history.LoadDead(Child(1).DeadLetterId);
        Assert.Equal(new Change(Outcome.Duplicate, Revived: true), Arrive(Child(1)));
        Assert.Equal(Child(1).DeadLetterId, Assert.Single(_history.Revived));
    }

    [Fact]
    public void A_dead_version_that_comes_again_gets_no_new_time()
    {
        _history.LoadDead(Child(1).DeadLetterId);
        Assert.Equal(new Change(Outcome.Duplicate), Arrive(Child(1), new Answers()));
        Assert.Empty(_history.NewlyParked);
    }

    [Fact]
    public void What_is_parked_and_overtaken_within_one_batch_is_never_written()
    {
        Arrive(Child(1), new Answers());
        Arrive(Child(2));
        Assert.Empty(_history.NewlyParked);
        Assert.Empty(_history.NoLongerParked);
    }

    private static Guid Waits => ClaimKey.Of(AccountId.Of("A")).Id;

    private Change Arrive(Child child, Answers? answers = null) => _history.Arrive(child, Gate.Decide(child, answers ?? Admitted("A")));

    private Change Reconsider(Child child, Answers answers, DateTimeOffset? now = null) =>
        _history.Reconsider(new ParkedRow(child, Waits, Since), Gate.Decide(child, answers), new ExpiryClock(now ?? Start, Expiring: true));
}
