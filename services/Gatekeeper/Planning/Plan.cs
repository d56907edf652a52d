using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>
/// What one transaction will do: made from what the tables say and the messages of a batch, without touching either. The
/// messages are taken one after the other, so that a batch means the same as its messages one by one.
/// </summary>
public sealed class Plan(Knowledge knowledge)
{
    private readonly List<LedgerEntry> _ledger = [];
    private readonly List<Said> _said = [];
    private readonly Dictionary<Guid, UnreadableLetter> _unreadable = [];

    public IReadOnlyCollection<ObjectHistory> Histories => knowledge.Histories;

    public IReadOnlyCollection<UnreadableLetter> Unreadable => _unreadable.Values;

    /// <summary>What to announce, in the order in which it was decided.</summary>
    public IReadOnlyList<Said> Said => _said;

    public IReadOnlyList<LedgerEntry> Ledger => LedgerEntry.Sum(_ledger);

    /// <summary>A message brought a child.</summary>
    public (Change Change, Decision Decision) Arrive(Child child)
    {
        var decision = Gate.Decide(child, knowledge.Answers);
        var history = knowledge.HistoryOf(child);
        var change = history.Arrive(child, decision);
        Count(child, change, new LedgerEntry("", "", Received: 1));
        Say(child, change, history);
        return (change, decision);
    }

    /// <summary>A message brought something that cannot be read as a child.</summary>
    public Outcome ArriveUnreadable(UnreadableLetter letter)
    {
        var known = knowledge.IsDead(letter.DeadLetterId) || !_unreadable.TryAdd(letter.DeadLetterId, letter);
        _ledger.Add(new LedgerEntry(letter.Stream, letter.Source, Received: 1, DeadLettered: known ? 0 : 1, Duplicates: known ? 1 : 0));
        return known ? Outcome.Duplicate : Outcome.DeadLettered;
    }

    /// <summary>A parked version is looked at again.</summary>
    public Change Reconsider(ParkedRow row)
    {
        var history = knowledge.HistoryOf(row.Child);
        var change = history.Reconsider(row, Gate.Decide(row.Child, knowledge.Answers), knowledge.Clock);
        if (change.Outcome == Outcome.Unchanged) return change;
        Count(row.Child, change, new LedgerEntry("", "", Parked: -1));
        Say(row.Child, change, history);
        return change;
    }

    private void Count(Child child, Change change, LedgerEntry start)
    {
        var revived = change.Revived ? 1 : 0;
        _ledger.Add((start + new LedgerEntry(
            "", "",
            Accepted: Is(Outcome.Accepted) + revived,
            Parked: Is(Outcome.Parked) - change.Superseded,
            DeadLettered: Is(Outcome.DeadLettered) - revived,
            Superseded: Is(Outcome.Superseded) + change.Superseded,
            Duplicates: Is(Outcome.Duplicate))) with { Stream = Exchanges.ChildObjectReceived, Source = child.Source });

        int Is(Outcome one) => change.Outcome == one ? 1 : 0;
    }

    private void Say(Child child, Change change, ObjectHistory history)
    {
        if (change.Outcome == Outcome.Accepted || change.Revived) _said.Add(new Said(child, history.Accepted!.Decision, null));
        else if (change.Outcome == Outcome.DeadLettered) _said.Add(new Said(child, null, history.Buried[child.DeadLetterId]));
    }
}

/// <summary>A decision that others are told of: a child was accepted, or is dead.</summary>
public sealed record Said(Child Child, Decision.Accept? Accepted, DeadVersion? Dead);

/// <summary>A message that cannot be read as what its exchange is for.</summary>
public sealed record UnreadableLetter(Guid DeadLetterId, string Stream, string Source, Refusal Refusal, Delivery Delivery);

/// <summary>A parked row that is taken up again.</summary>
public sealed record ParkedRow(Child Child, Guid WaitsFor, ParkedSince Since);
