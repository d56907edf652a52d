using System.Text;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Broker;
using static Pipeline.Unit.Tests.Gatekeeper.Children;

namespace Pipeline.Unit.Tests.Gatekeeper;

/// <summary>What the office hears of a message that it replayed: where it is, whatever it was before.</summary>
public sealed class ReplaysTests
{
    private static readonly Guid Id = StableId.Of("replay");

    [Fact]
    public void It_is_in() => Assert.Equal(("accepted", "under account A"), Told(Body("A"), Admitted("A")));

    [Fact]
    public void It_waits_again() => Assert.Equal(("parked", "waits for account_id A"), Told(Body("A"), new Answers()));

    [Fact]
    public void It_is_dead_again_and_why()
    {
        var decided = Plan(Body("true", quoted: false), Admitted("A"));
        Assert.Equal(("dead_lettered", "account_id_not_text"), (decided.Place, decided.Reason));
        Assert.NotNull(decided.DeadLetterId);
    }

    [Fact]
    public void It_cannot_be_read()
    {
        var plan = new Plan(new Knowledge(DateTimeOffset.UnixEpoch, expiring: false));
        var delivery = Delivery("{");
        plan.ArriveUnreadable(new UnreadableLetter(delivery.ContentId, Exchanges.ChildObjectReceived, "(unknown)", new Refusal(Reason.MessageUnreadable, "Not JSON."), delivery));
        var decided = Assert.Single(plan.Replayed);
        Assert.Equal((Id, "dead_lettered", "message_unreadable", delivery.ContentId), (decided.ReplayId, decided.Place, decided.Reason, decided.DeadLetterId!.Value));
    }

    [Fact]
    public void What_nobody_replays_is_not_told_of()
    {
        var plan = new Plan(new Knowledge(DateTimeOffset.UnixEpoch, expiring: false, Admitted("A")));
        plan.Arrive(Pipeline.Gatekeeper.Deciding.Child.Read(Encoding.UTF8.GetBytes(Body("A")), null, null, ChildKinds.Default).Message!);
        Assert.Empty(plan.Replayed);
    }

    private static (string, string?) Told(string body, Answers answers)
    {
        var decided = Plan(body, answers);
        Assert.Equal((Id, "gatekeeper-children"), (decided.ReplayId, decided.DecidedBy));
        return (decided.Place, decided.Detail);
    }

    private static ReplayDecided Plan(string body, Answers answers)
    {
        var plan = new Plan(new Knowledge(DateTimeOffset.UnixEpoch, expiring: false, answers));
        plan.Arrive(Pipeline.Gatekeeper.Deciding.Child.Read(Encoding.UTF8.GetBytes(body), null, null, ChildKinds.Default).Message! with { Replay = Replay.Of(Delivery(body)) });
        return Assert.Single(plan.Replayed);
    }

    private static Delivery Delivery(string body) => new()
    {
        Tag = 1, Queue = "gatekeeper-children", Exchange = "child-object-received", Body = Encoding.UTF8.GetBytes(body), Headers = new Dictionary<string, string> { [ReplayDecided.Headers.Replay] = Id.ToString() },
    };

    private static string Body(string account, bool quoted = true) =>
        $$"""{"source":"desk","object_type":"ticket","native_id":"1","observed_at":"2026-01-01T00:00:00Z","account_id":{{(quoted ? $"\"{account}\"" : account)}}}""";
}
