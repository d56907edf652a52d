using Pipeline.Cli.Demo;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheStanding
{
    public static TheoryData<string, Moment> Unrest
    {
        get
        {
            var (moment, status, ledger) = (Reports.Moment, Reports.Status, Reports.Ledger);
            return new()
            {
                { "gatekeeper is out of reach", moment with { OutOfReach = ["gatekeeper is out of reach"] } },
                { "the services have not yet answered", moment with { Ledger = null } },
                { "the simulator has not yet answered", moment with { Simulator = null } },
                { "the simulator has not yet answered", moment with { Truth = null } },
                { "crm Account: 2 are yet to come", moment with { Simulator = Reports.Progress with { Systems = new Dictionary<string, IReadOnlyList<RowCount>> { ["crm"] = [new("Account", 30, 28, 28)] } } } },
                { "portal has published 12 of 47", moment with { Simulator = Reports.Progress with { Publishers = new Dictionary<string, Published> { ["portal"] = new(47, 12), ["till"] = new(5, 5) } } } },
                { "no feed has begun", moment with { Status = status with { Feeds = [] } } },
                { "feed crm accounts is reading", moment with { Status = status with { Feeds = [status.Feeds[0] with { State = "reading" }] } } },
                { "feed crm accounts is failing: 401", moment with { Status = status with { Feeds = [status.Feeds[0] with { State = "failing", LastError = "401" }] } } },
                { "3 messages in gatekeeper-children", moment with { Status = status with { Queues = Reports.Counts(("gatekeeper-children", 3)) } } },
                { "2 announcements to be said", moment with { Ledger = ledger with { InFlight = ledger.InFlight with { Announcements = 2 } } } },
                { "1 dead letter on the way to the office", moment with { Ledger = ledger with { InFlight = ledger.InFlight with { DeadLetters = 1 } } } },
                { "4 keys to be released", moment with { Status = status with { Gatekeeper = Reports.Gatekeeper with { ReleasesPending = 4 } } } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Unrest))]
    public void What_still_moves_keeps_the_flow_from_settling_and_is_named(string open, Moment moment)
    {
        var standing = Standing.Of(moment.After(seconds: 60));

        Assert.False(standing.Settled);
        Assert.Equal([open], standing.Moving);
    }

    [Fact]
    public void A_flow_at_rest_that_is_as_it_must_be_has_settled_after_a_moment()
    {
        Assert.False(Standing.Of(Reports.Moment.After(seconds: 1)).Settled);
        Assert.True(Standing.Of(Reports.Moment.After(seconds: 2)).IsRight);
    }

    [Fact]
    public void What_is_not_as_expected_may_still_change_for_twenty_seconds()
    {
        var late = Reports.Moment with { Status = Reports.Status with { SystemOfRecord = new SystemOfRecordStatus(Reports.Counts(("admitted", 19), ("refused", 5)), Reports.Counts()) } };

        Assert.False(Standing.Of(late.After(seconds: 19)).Settled);
        var standing = Standing.Of(late.After(seconds: 20));
        Assert.True(standing.Settled);
        Assert.False(standing.IsRight);
        Assert.Equal(["accounts admitted: expected 20, found 19"], standing.Wrong);
    }

    [Fact]
    public void A_ledger_that_stays_unbalanced_settles_as_wrong()
    {
        var unbalanced = Reports.Moment with { Ledger = Reports.Ledger with { Balanced = false, Mistakes = ["gatekeeper: one is missing"] } };

        var standing = Standing.Of(unbalanced.After(seconds: 20));

        Assert.True(standing.Settled);
        Assert.Equal(["ledger: gatekeeper: one is missing"], standing.Wrong);
    }

    [Fact]
    public void Feeds_that_look_again_and_again_need_not_be_idle_in_the_same_moment()
    {
        var (crm, desk) = (Reports.Status.Feeds[0], Reports.Status.Feeds[1]);
        var (first, second) = (Seen(crm, desk with { State = "reading" }), Seen(crm with { State = "paced" }, desk));

        Assert.False(Standing.Of(first.After(seconds: 30)).Settled);
        Assert.True(Standing.Of(first.After(seconds: 30).After(second with { At = Reports.Noon.AddSeconds(31) })).Settled);

        static Moment Seen(params FeedProgress[] feeds) => Reports.Moment with { Status = Reports.Status with { Feeds = feeds } };
    }

    [Fact]
    public void A_feed_that_was_out_of_reach_must_catch_up_anew()
    {
        var reading = Reports.Moment with { Status = Reports.Status with { Feeds = [Reports.Status.Feeds[0] with { State = "reading" }] } };

        var picture = Reports.Moment.After(seconds: 30).After(reading with { At = Reports.Noon.AddSeconds(31), OutOfReach = ["connectors is out of reach"] }).After(reading with { At = Reports.Noon.AddSeconds(60) });

        Assert.Equal(["feed crm accounts is reading"], Standing.Of(picture).Moving);
    }

    [Fact]
    public void A_publisher_that_sends_on_starts_the_wait_anew()
    {
        var sent = Reports.Moment with { At = Reports.Noon.AddSeconds(31), Simulator = Reports.Progress with { Publishers = new Dictionary<string, Published> { ["portal"] = new(47, 46) } } };

        Assert.Equal(TimeSpan.Zero, Reports.Moment.After(seconds: 30).After(sent).Quiet);
        Assert.Equal(TimeSpan.FromSeconds(31), Reports.Moment.After(seconds: 30).After(Reports.Moment with { At = Reports.Noon.AddSeconds(31) }).Quiet);
    }

    [Fact]
    public void A_change_starts_the_wait_anew()
    {
        var before = Reports.Moment with { Status = Reports.Status with { Gatekeeper = Reports.Gatekeeper with { Objects = [Reports.Gatekeeper.Objects[0]] } } };

        var picture = before.After(seconds: 30).After(Reports.Moment with { At = Reports.Noon.AddSeconds(31) });

        Assert.Equal(TimeSpan.Zero, picture.Quiet);
        Assert.False(Standing.Of(picture).Settled);
    }
}
