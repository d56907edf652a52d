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

    private readonly List<Child> _arrived = [];
    private readonly List<ReplayDecided> _replays = [];

    /// <summary>The children that messages brought and that can be used, whatever became of them.</summary>
    public IReadOnlyList<Child> Arrived => _arrived;

    public IReadOnlyCollection<ObjectHistory> Histories => knowledge.Histories;

    public IReadOnlyCollection<UnreadableLetter> Unreadable => _unreadable.Values;

    /// <summary>What to announce, in the order in which it was decided.</summary>
    public IReadOnlyList<Said> Said => _said;

    /// <summary>What became of messages that the office replayed.</summary>
    public IReadOnlyList<ReplayDecided> Replayed => _replays;

    public IReadOnlyList<LedgerEntry> Ledger => LedgerEntry.Sum(_ledger);

    /// <summary>Objects that must be looked at again, as a whole: what had overtaken a version of theirs is gone.</summary>
    public IEnumerable<Guid> Unsettled => knowledge.Histories.Where(history => history.IsUnsettled).Select(history => history.ObjectKey);

    /// <summary>A message brought a child.</summary>
    public (Change Change, Decision Decision) Arrive(Child child)
    {
        var decision = Gate.Decide(child, knowledge.Answers);
        var history = knowledge.HistoryOf(child);
        var before = history.Accepted;
        var change = history.Arrive(child, decision);
        if (decision is not Decision.Refuse && change.Outcome != Outcome.Duplicate) _arrived.Add(child);
        Count(child, change, new LedgerEntry("", "", Received: 1));
        Say(child, change, history, before);
        if (child.Replay is { } replay) _replays.Add(Replays.Of(replay, child, history, decision));
        return (change, decision);
    }

    /// <summary>A message brought something that cannot be read as a child.</summary>
    public Outcome ArriveUnreadable(UnreadableLetter letter)
    {
        var known = knowledge.IsDead(letter.DeadLetterId) || !_unreadable.TryAdd(letter.DeadLetterId, letter);
        _ledger.Add(new LedgerEntry(letter.Stream, letter.Source, Received: 1, DeadLettered: known ? 0 : 1, Duplicates: known ? 1 : 0));
        if (Replay.Of(letter.Delivery) is { } replay) _replays.Add(Replays.Dead(replay, letter.DeadLetterId, letter.Refusal));
        return known ? Outcome.Duplicate : Outcome.DeadLettered;
    }

    /// <summary>A message that the office replayed was heard; it has no place of its own.</summary>
    public void Hear(ReplayDecided replay) => _replays.Add(replay);

    /// <summary>A stored version is looked at again.</summary>
    /// <param name="forced">The decision where it is not the gate's.</param>
    public Change Reconsider(StoredVersion row, Decision? forced = null)
    {
        var history = knowledge.HistoryOf(row.Child);
        var (before, place) = (history.Accepted, history.At(row.ClaimId));
        var decision = forced ?? Gate.Decide(row.Child, knowledge.Answers);
        var staysUnder = decision is Decision.Park && place is AcceptedVersion current && !history.HasOvertaken && Gate.WouldStayUnder(current.Account, row.Child, knowledge.Answers);
        var change = history.Reconsider(row, decision, staysUnder, knowledge.Clock);
        if (change.Outcome == Outcome.Unchanged) return change;
        Count(row.Child, change, place switch
        {
            AcceptedVersion => new LedgerEntry("", "", Accepted: -1),
            ParkedVersion => new LedgerEntry("", "", Parked: -1),
            _ => new LedgerEntry("", "", Superseded: -1),
        });
        Say(row.Child, change, history, before);
        return change;
    }

    private void Count(Child child, Change change, LedgerEntry start)
    {
        var revived = change.RevivedTo is null ? 0 : 1;
        _ledger.Add((start + change.Neighbours + new LedgerEntry(
            "", "",
            Accepted: Is(Outcome.Accepted),
            Parked: Is(Outcome.Parked),
            DeadLettered: Is(Outcome.DeadLettered) - revived,
            Superseded: Is(Outcome.Superseded),
            Duplicates: Is(Outcome.Duplicate))) with { Stream = Exchanges.ChildObjectReceived, Source = child.Source });

        int Is(Outcome one) => (change.Outcome == one ? 1 : 0) + (change.RevivedTo == one ? 1 : 0);
    }

    private void Say(Child child, Change change, ObjectHistory history, AcceptedVersion? before)
    {
        if ((change.RevivedTo ?? change.Outcome) == Outcome.Accepted) _said.Add(new Said.Accepted(child, history.Accepted!.Decision!, before?.Account));
        else if (change.Outcome == Outcome.DeadLettered) _said.Add(new Said.Dead(history.Buried[child.DeadLetterId]));
        if (before is not null && history.Accepted is null) _said.Add(new Said.Left(child, before.Account, (history.At(child.ClaimId) as ParkedVersion)?.Wait));
    }
}

/// <summary>A decision that others are told of.</summary>
public abstract record Said
{
    private Said()
    {
    }

    /// <summary>A child was let in, or is under another account now.</summary>
    /// <param name="Before">The account that it was under, where it was in.</param>
    public sealed record Accepted(Child Child, Decision.Accept Decision, AccountId? Before) : Said;

    /// <summary>A child is in no longer.</summary>
    /// <param name="Account">The account that it was under.</param>
    /// <param name="Wait">What it waits for now.</param>
    public sealed record Left(Child Child, AccountId Account, Decision.Park? Wait) : Said;

    /// <summary>A child was given up.</summary>
    public sealed record Dead(DeadVersion Version) : Said;
}

/// <summary>A message that cannot be read as what its exchange is for.</summary>
public sealed record UnreadableLetter(Guid DeadLetterId, string Stream, string Source, Refusal Refusal, Delivery Delivery);
