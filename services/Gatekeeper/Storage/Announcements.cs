using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Puts what a plan decided into the words of the contracts.</summary>
internal static class Announcements
{
    public static Announcement? Of(Plan plan, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var messages = plan.Said.SelectMany(said => Of(said, now)).Concat(plan.Unreadable.SelectMany(letter => Unreadable(letter, now))).Concat(plan.Replayed.Select(Outgoing.Replayed)).ToList();
        return messages.Count == 0 ? null : Announcement.Of(messages, time);
    }

    private static IEnumerable<Outgoing> Of(Said said, DateTimeOffset now) => said switch
    {
        Said.Accepted accepted => [Accepted(accepted, now)],
        Said.Left left => [Left(left, now)],
        Said.Dead dead => Dead(dead.Version, now),
        _ => throw new InvalidOperationException($"Nothing is known to say of: {said}"),
    };

    /// <summary>A child may come under one account, leave it and come back: each time is a message of its own. It is stored before it is said, so a repeat has the same id.</summary>
    private static Outgoing Accepted(Said.Accepted said, DateTimeOffset now)
    {
        var (child, decision) = (said.Child, said.Decision);
        var message = new ChildObjectAccepted
        {
            Source = child.Source,
            ObjectType = child.ObjectType,
            NativeId = child.NativeId,
            ObservedAt = child.Version.ObservedAt,
            AccountId = decision.Account,
            MovedFrom = said.Before is { } before && before != decision.Account ? before : null,
            Claim = decision.Claim.ToClaim(),
            Deleted = child.Deleted,
        };
        return Outgoing.Event(Exchanges.ChildObjectAccepted, Id(child, "accepted", decision.Account, now), message, PipelineJson.Wire.ChildObjectAccepted, child.TraceParent);
    }

    private static Outgoing Left(Said.Left said, DateTimeOffset now)
    {
        var child = said.Child;
        var message = new ChildObjectWithdrawn
        {
            Source = child.Source,
            ObjectType = child.ObjectType,
            NativeId = child.NativeId,
            ObservedAt = child.Version.ObservedAt,
            AccountId = said.Account,
            WaitsFor = said.Wait?.WaitsFor.ToClaim(),
            Ambiguous = said.Wait is { Why: ParkedWhy.Ambiguous },
        };
        return Outgoing.Event(Exchanges.ChildObjectWithdrawn, Id(child, "withdrawn", said.Account, now), message, PipelineJson.Wire.ChildObjectWithdrawn, child.TraceParent);
    }

    private static Guid Id(Child child, string what, AccountId account, DateTimeOffset now) =>
        StableId.Of(child.DeadLetterId.ToString(), what, account.Text, now.UtcTicks.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<Outgoing> Dead(DeadVersion dead, DateTimeOffset now)
    {
        var child = dead.Child;
        var letter = new DeadLetter
        {
            Id = child.DeadLetterId,
            Refusal = dead.Refusal,
            Body = child.Body,
            Exchange = Exchanges.ChildObjectReceived,
            SourceQueue = BrokerTopology.Children,
            FirstSeen = dead.Since?.ParkedAt ?? now,
            DiedAt = now,
            MessageId = child.MessageId,
            TraceParent = child.TraceParent,
            Source = child.Source,
            ObjectType = child.ObjectType,
            NativeId = child.NativeId,
            WaitedFor = dead.WaitedFor?.ToClaim(),
        };
        yield return letter.ToOutgoing();
        yield return Outgoing.Event(Exchanges.ChildObjectDeadLettered, StableId.Of(letter.Id.ToString(), "dead"), new ChildObjectDeadLettered
        {
            Source = child.Source,
            ObjectType = child.ObjectType,
            NativeId = child.NativeId,
            ObservedAt = child.Version.ObservedAt,
            DeadLetterId = letter.Id,
            Reason = dead.Refusal.Reason.Code,
            Sentence = dead.Refusal.Sentence,
            WaitedFor = letter.WaitedFor,
        }, PipelineJson.Wire.ChildObjectDeadLettered, child.TraceParent);
    }

    private static IEnumerable<Outgoing> Unreadable(UnreadableLetter unreadable, DateTimeOffset now)
    {
        var letter = new DeadLetter
        {
            Id = unreadable.DeadLetterId,
            Refusal = unreadable.Refusal,
            Body = unreadable.Delivery.Body,
            Exchange = unreadable.Stream,
            SourceQueue = unreadable.Delivery.Queue,
            FirstSeen = now,
            DiedAt = now,
            MessageId = unreadable.Delivery.MessageId,
            TraceParent = unreadable.Delivery.TraceParent,
            Source = unreadable.Source == Hosting.Ledger.LedgerEntry.UnknownSource ? null : unreadable.Source,
        };
        yield return letter.ToOutgoing();
        if (unreadable.Stream != Exchanges.ChildObjectReceived) yield break;
        yield return Outgoing.Event(Exchanges.ChildObjectDeadLettered, StableId.Of(letter.Id.ToString(), "dead"), new ChildObjectDeadLettered
        {
            Source = letter.Source,
            DeadLetterId = letter.Id,
            Reason = letter.Refusal.Reason.Code,
            Sentence = letter.Refusal.Sentence,
        }, PipelineJson.Wire.ChildObjectDeadLettered, letter.TraceParent);
    }
}
