using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Ledger;
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
    public void Of_two_versions_with_the_same_claim_the_newer_one_waits()
    {
        Arrive(Child(1), new Answers());
        Assert.Equal(new Change(Outcome.Parked, Moved(parked: -1, superseded: 1)), Arrive(Child(2), new Answers()));
        Assert.Equal(Child(2).Version, Assert.Single(Parked()).Version);
    }

    [Fact]
    public void Two_versions_with_different_claims_both_wait()
    {
        Arrive(Child(1), new Answers());
        Arrive(Child(2, "\"account_id\":\"B\""), new Answers());
        Assert.Equal(2, Parked().Count);
    }

    [Fact]
    public void An_accepted_version_overtakes_older_waiting_ones_and_leaves_newer_ones()
    {
        Arrive(Child(1, "\"account_id\":\"B\""), new Answers());
        Arrive(Child(3, "\"account_id\":\"C\""), new Answers());
        Assert.Equal(new Change(Outcome.Accepted, Moved(parked: -1, superseded: 1)), Arrive(Child(2)));
        Assert.Equal(Child(3, "\"account_id\":\"C\"").Version, Assert.Single(Parked()).Version);
        Assert.IsType<OvertakenVersion>(_history.At(Child(1, "\"account_id\":\"B\"").ClaimId));
    }

    [Fact]
    public void A_released_version_older_than_the_one_that_is_in_is_overtaken()
    {
        LoadParked();
        _history.Load(ClaimKey.Parent("desk", "7").Id, new AcceptedVersion(Child(2).Version, AccountId.Of("B")));
        Assert.Equal(Outcome.Superseded, Reconsider(Child(1), Admitted("A")).Outcome);
        Assert.IsType<OvertakenVersion>(_history.At(Waits));
    }

    [Fact]
    public void A_newer_version_that_must_wait_takes_the_older_one_with_the_same_claim_along()
    {
        Arrive(Child(1));
        Assert.Equal(Outcome.Parked, Arrive(Child(2), new Answers()).Outcome);
        Assert.Null(_history.Accepted);
    }

    [Fact]
    public void A_newer_version_with_another_claim_that_must_wait_leaves_the_older_one_in()
    {
        Arrive(Child(1));
        Arrive(Child(2, "\"account_id\":\"B\""), new Answers());
        Assert.Equal(Child(1).Version, _history.Accepted!.Version);
    }

    [Fact]
    public void What_was_overtaken_is_back_when_the_version_above_it_must_leave()
    {
        var (older, newer) = (Child(1), Child(2, "\"parent_id\":7"));
        Arrive(older);
        Arrive(newer, Admitted("A", "B").Bound("7", "B"));
        Assert.IsType<OvertakenVersion>(_history.At(older.ClaimId));
        Assert.False(_history.IsUnsettled);

        Assert.Equal(Outcome.Parked, Again(newer, Admitted("A", "B")).Outcome);
        Assert.True(_history.IsUnsettled);
        Assert.Equal(Outcome.Accepted, Again(older, Admitted("A", "B")).Outcome);
        Assert.Equal(older.Version, _history.Accepted!.Version);
        Assert.False(_history.IsUnsettled);
    }

    [Fact]
    public void A_version_that_is_in_moves_when_its_claim_leads_to_another_account()
    {
        var child = Child(1, "\"parent_id\":7");
        Arrive(child, Admitted("A", "B").Bound("7", "A"));
        Assert.Equal(Outcome.Accepted, Again(child, Admitted("A", "B").Bound("7", "B")).Outcome);
        Assert.Equal("B", _history.Accepted!.Account.Text);
    }

    [Fact]
    public void A_version_whose_account_is_withdrawn_stays_where_it_is()
    {
        Arrive(Child(1));
        Assert.Equal(Outcome.Unchanged, _history.Reconsider(new StoredVersion(Child(1), Waits), Gate.Decide(Child(1), new Answers()), staysUnder: true, new ExpiryClock(Start, false)).Outcome);
        Assert.Equal("A", _history.Accepted!.Account.Text);
    }

    [Fact]
    public void A_version_whose_key_got_an_answer_is_accepted_even_after_its_deadline()
    {
        LoadParked();
        Assert.Equal(Outcome.Accepted, Reconsider(Child(1), Admitted("A"), Start.AddDays(2)).Outcome);
    }

    [Fact]
    public void A_version_whose_time_is_up_dies_and_names_the_key()
    {
        LoadParked();
        Assert.Equal(Outcome.DeadLettered, Reconsider(Child(1), new Answers(), Start.AddDays(1)).Outcome);
        var dead = Assert.Single(_history.Buried).Value;
        Assert.Equal(Reason.AccountNeverAppeared, dead.Refusal.Reason);
        Assert.Equal("A", dead.WaitedFor!.Value.Value);
    }

    [Fact]
    public void A_version_waits_on_until_its_very_deadline()
    {
        LoadParked();
        Assert.Equal(Outcome.Unchanged, Reconsider(Child(1), new Answers(), Start.AddDays(1).AddTicks(-1)).Outcome);
    }

    [Fact]
    public void Waiting_for_another_key_gives_no_more_time()
    {
        var parent = ClaimKey.Parent("desk", "7").Id;
        _history.Load(parent, new ParkedVersion(Child(1, "\"parent_id\":7").Version, parent));
        var row = new StoredVersion(Child(1, "\"parent_id\":7"), parent, Since);
        var answers = new Answers().Bound("7", "B");
        Assert.Equal(Outcome.Parked, _history.Reconsider(row, Gate.Decide(row.Child, answers), staysUnder: false, new ExpiryClock(Start, true)).Outcome);
        Assert.Equal(Since, Assert.Single(Parked()).Since);
    }

    [Fact]
    public void A_dead_version_that_comes_again_lives_if_its_account_is_there_now()
    {
        _history.LoadDead(Child(1).DeadLetterId);
        Assert.Equal(new Change(Outcome.Duplicate, RevivedTo: Outcome.Accepted), Arrive(Child(1)));
        Assert.Equal(Child(1).DeadLetterId, Assert.Single(_history.Revived));
    }

    [Fact]
    public void A_dead_version_that_comes_again_gets_no_new_time()
    {
        _history.LoadDead(Child(1).DeadLetterId);
        Assert.Equal(new Change(Outcome.Duplicate), Arrive(Child(1), new Answers()));
        Assert.Empty(Parked());
    }

    [Fact]
    public void A_dead_version_that_a_person_replays_waits_anew()
    {
        var replayed = Child(1) with { Replay = new Replay(StableId.Of("replay"), "gatekeeper-children") };
        _history.LoadDead(replayed.DeadLetterId);
        Assert.Equal(new Change(Outcome.Duplicate, RevivedTo: Outcome.Parked), Arrive(replayed, new Answers()));
        Assert.Equal(replayed.DeadLetterId, Assert.Single(_history.Revived));
        Assert.Null(Assert.Single(Parked()).Since); // from now on, by the clock of the database
        Assert.Equal(new Change(Outcome.Duplicate), Arrive(replayed, new Answers())); // and the broker may deliver it twice
    }

    [Fact]
    public void A_replay_brings_no_older_version_back()
    {
        Arrive(Child(2));
        var replayed = Child(1) with { Replay = new Replay(StableId.Of("replay"), "gatekeeper-children") };
        _history.LoadDead(replayed.DeadLetterId);
        Assert.Equal(new Change(Outcome.Duplicate), Arrive(replayed));
        Assert.Equal(Child(2).Version, _history.Accepted!.Version);
    }

    [Fact]
    public void What_is_parked_and_overtaken_within_one_batch_is_never_written()
    {
        Arrive(Child(1), new Answers());
        Arrive(Child(2));
        Assert.IsType<AcceptedVersion>(Assert.Single(_history.Changes).Now);
    }

    private static Guid Waits => ClaimKey.Of(AccountId.Of("A")).Id;

    private Change Arrive(Child child, Answers? answers = null) => _history.Arrive(child, Gate.Decide(child, answers ?? Admitted("A")));

    private Change Reconsider(Child child, Answers answers, DateTimeOffset? now = null) =>
        _history.Reconsider(new StoredVersion(child, Waits, Since), Gate.Decide(child, answers), staysUnder: false, new ExpiryClock(now ?? Start, Expiring: true));

    private Change Again(Child child, Answers answers) =>
        _history.Reconsider(new StoredVersion(child, child.ClaimId), Gate.Decide(child, answers), staysUnder: false, new ExpiryClock(Start, Expiring: false));

    private void LoadParked() => _history.Load(Waits, new ParkedVersion(Child(1).Version, Waits));

    private List<ParkedVersion> Parked() => [.. _history.Changes.Select(change => change.Now).OfType<ParkedVersion>()];

    private static LedgerEntry Moved(long parked, long superseded) => default(LedgerEntry) with { Parked = parked, Superseded = superseded };
}
