using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>What is known of the records of a batch before it.</summary>
/// <param name="Records">Version and account_id of each record that is known.</param>
/// <param name="Dead">Which of the batch's possible dead letters exist already.</param>
/// <param name="RulesVersion">The rules in force.</param>
public sealed record KnownRecords(IReadOnlyDictionary<Guid, KnownRecord> Records, IReadOnlySet<Guid> Dead, int RulesVersion = 0);

public sealed record KnownRecord(RecordVersion Version, string? AccountId);

/// <summary>A message that could not be used, and what it was about.</summary>
public sealed record RecordLetter(Guid Id, Refusal Refusal, string Source, string? NativeId, ReadOnlyMemory<byte> Body, string? MessageId, string? TraceParent);

/// <summary>
/// What one batch of account records changes: which records are news, which accounts that concerns, which messages are dead.
/// Pure; the messages are taken one after the other.
/// </summary>
public sealed class RecordPlan(KnownRecords known, string systemOfRecord)
{
    private readonly Dictionary<Guid, AccountRecord> _news = [];
    private readonly Dictionary<string, string?> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, RecordLetter> _dead = [];
    private readonly List<LedgerEntry> _ledger = [];
    private readonly List<ReplayDecided> _replays = [];

    /// <summary>The newest version of each record that is newer than what is known.</summary>
    public IReadOnlyCollection<AccountRecord> News => _news.Values;

    /// <summary>Accounts whose own records changed, with the trace of the change. Evidence of other systems adds to these.</summary>
    public IReadOnlyDictionary<string, string?> Accounts => _accounts;

    public IReadOnlyCollection<RecordLetter> Dead => _dead.Values;

    /// <summary>What became of messages that the office replayed.</summary>
    public IReadOnlyList<ReplayDecided> Replayed => _replays;

    public IReadOnlyList<LedgerEntry> Ledger => LedgerEntry.Sum(_ledger);

    /// <returns>What became of it: accepted, dead_lettered, superseded or duplicate.</returns>
    public string Take(AccountRecord record)
    {
        var before = NewestOf(record);
        if (before == record.Version) return Count(record.Message.Source, duplicates: 1);
        var isNews = before is not { } version || record.Version.IsNewerThan(version);
        if (isNews)
        {
            Concern(record, _news.GetValueOrDefault(record.Key));
            _news[record.Key] = record;
        }

        // What can never be used is dead whatever came before it, so that the order of versions does not matter.
        if (Unusable(record) is { } refusal)
            return Bury(new RecordLetter(record.DeadLetterId, refusal, record.Message.Source, record.Message.NativeId, record.Body, record.MessageId, record.TraceParent));
        return isNews ? Count(record.Message.Source, accepted: 1) : Count(record.Message.Source, superseded: 1);
    }

    /// <summary>Takes a message that is no account record, or that the program failed on.</summary>
    public string TakeUnreadable(Delivery delivery, string? source, Refusal refusal, string? traceParent) =>
        Bury(new RecordLetter(delivery.ContentId, refusal, source ?? LedgerEntry.UnknownSource, null, delivery.Body, delivery.MessageId, traceParent));

    /// <summary>An account_id that is none is refused for every system; a missing one only where accounts come from. A deleted record needs none.</summary>
    private Refusal? Unusable(AccountRecord record) =>
        record.Message.Deleted ? null
            : record.Message.AccountId.Refusal is { } notText ? notText
            : record.Message.AccountId.IsMissing && record.Message.Source == systemOfRecord
                ? new Refusal(Reason.AccountIdMissing, $"The record {record.Message.NativeId} of {systemOfRecord} carries no account_id.")
            : null;

    /// <summary>The account that the record carries now, and the one that it carried before.</summary>
    private void Concern(AccountRecord record, AccountRecord? earlierInBatch)
    {
        if (record.Message.Source != systemOfRecord) return;
        if (known.Records.GetValueOrDefault(record.Key)?.AccountId is { } before) _accounts[before] = record.TraceParent;
        if (earlierInBatch?.Message.AccountId.Value is { } passing) _accounts[passing.Text] = record.TraceParent;
        if (record.Message.AccountId.Value is { } now) _accounts[now.Text] = record.TraceParent;
    }

    /// <summary>Tells the office what became of a message that it replayed. Call it after the message was taken.</summary>
    /// <param name="record">Null where it could not be read as one.</param>
    public void Tell(Delivery delivery, AccountRecord? record, Refusal? unreadable)
    {
        if (delivery.ReplayId is not { } replay) return;
        var isNewest = record is not null && NewestOf(record) == record.Version;
        var refusal = unreadable ?? Unusable(record!);
        _replays.Add(refusal is null
            ? new ReplayDecided
            {
                ReplayId = replay,
                DecidedBy = delivery.Queue,
                Place = isNewest ? ReplayDecided.Places.Accepted : ReplayDecided.Places.Superseded,
                Detail = isNewest ? "the record is known" : "a newer version is known",
            }
            : new ReplayDecided
            {
                ReplayId = replay,
                DecidedBy = delivery.Queue,
                Place = ReplayDecided.Places.DeadLettered,
                Detail = refusal.Sentence,
                Reason = refusal.Reason.Code,
                DeadLetterId = record?.DeadLetterId ?? delivery.ContentId,
            });
    }

    /// <summary>As the batch leaves it so far.</summary>
    private RecordVersion? NewestOf(AccountRecord record) => _news.TryGetValue(record.Key, out var news) ? news.Version : known.Records.GetValueOrDefault(record.Key)?.Version;

    private string Bury(RecordLetter letter)
    {
        if (known.Dead.Contains(letter.Id) || !_dead.TryAdd(letter.Id, letter)) return Count(letter.Source, duplicates: 1);
        return Count(letter.Source, dead: 1);
    }

    private string Count(string source, long accepted = 0, long dead = 0, long superseded = 0, long duplicates = 0)
    {
        _ledger.Add(new LedgerEntry(Exchanges.AccountDiscovered, source, 1, accepted, 0, dead, superseded, duplicates));
        return accepted > 0 ? "accepted" : dead > 0 ? "dead_lettered" : superseded > 0 ? "superseded" : "duplicate";
    }
}
