using Npgsql;
using Pipeline.Contracts;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;
using Pipeline.SystemOfRecord.Rules;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>Writes a plan, gathers the case of each account that it concerns, and leaves the cases and dead letters to be said.</summary>
public sealed class RecordWriter(TimeProvider time)
{
    /// <returns>What is to be said once the transaction has committed.</returns>
    public async Task<Announcement?> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RecordPlan plan, RuleSet rules, CancellationToken cancellation)
    {
        var concerned = new Dictionary<string, string?>(plan.Accounts, StringComparer.Ordinal);
        // Of every system, for a path may ask it or not: an account's links are said too.
        var evidence = plan.News.Where(record => record.Message.Source != rules.SystemOfRecord).ToList();
        await CaseQuery.ConcernedAsync(connection, transaction, evidence, concerned, rules.SystemOfRecord, cancellation); // by the links as they were
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            Replace(batch, [.. plan.News]);
            Bury(batch, [.. plan.Dead]);
            LedgerTable.Add(batch, plan.Ledger, time);
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
        }

        await CaseQuery.ConcernedAsync(connection, transaction, evidence, concerned, rules.SystemOfRecord, cancellation); // and as they are now
        var cases = await CaseQuery.GatherAsync(connection, transaction, concerned.Keys, rules, cancellation);
        var messages = cases.Select(found => CaseMessage.Of(found, concerned[found.AccountId])).Concat(plan.Dead.Select(Letter)).Concat(plan.Replayed.Select(Outgoing.Replayed)).ToList();
        if (messages.Count == 0) return null;

        var announcement = Announcement.Of(messages, time);
        await using var insert = new NpgsqlCommand(Announcement.Insert, connection, transaction) { Parameters = { new() { Value = announcement.Id }, new() { Value = announcement.Encode() } } };
        await insert.ExecuteNonQueryAsync(cancellation);
        return announcement;
    }

    private static void Replace(NpgsqlBatch batch, IReadOnlyList<AccountRecord> news)
    {
        if (news.Count == 0) return;
        batch.BatchCommands.Add(FieldChanges.Count(news)); // while the records are as they were
        batch.BatchCommands.Add(RecordTable.Upsert(news));
        batch.BatchCommands.Add(RecordTable.Unlink(news));
        if (news.Any(record => record.Message is { Deleted: false, Links.Count: > 0 })) batch.BatchCommands.Add(RecordTable.Link(news));
    }

    private static void Bury(NpgsqlBatch batch, IReadOnlyList<RecordLetter> dead)
    {
        if (dead.Count > 0) batch.BatchCommands.Add(RecordTable.Bury(dead));
    }

    private Outgoing Letter(RecordLetter letter) => new DeadLetter
    {
        Id = letter.Id,
        Refusal = letter.Refusal,
        Body = letter.Body,
        Exchange = Exchanges.AccountDiscovered,
        SourceQueue = BrokerTopology.AccountRecords,
        FirstSeen = time.GetUtcNow(),
        DiedAt = time.GetUtcNow(),
        MessageId = letter.MessageId,
        TraceParent = letter.TraceParent,
        Source = letter.Source == LedgerEntry.UnknownSource ? null : letter.Source,
        ObjectType = "account",
        NativeId = letter.NativeId,
    }.ToOutgoing();
}
