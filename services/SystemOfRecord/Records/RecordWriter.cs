using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Rules;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>Writes a plan, gathers the case of each account that it concerns, and leaves the cases and dead letters to be said.</summary>
public sealed class RecordWriter(AdmissionRules rules, TimeProvider time)
{
    /// <returns>What is to be said once the transaction has committed.</returns>
    public async Task<Announcement?> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RecordPlan plan, CancellationToken cancellation)
    {
        var concerned = new Dictionary<string, string?>(plan.Accounts, StringComparer.Ordinal);
        var evidence = plan.News.Where(record => rules.Paths.Exists(path => path.System == record.Message.Source)).ToList();
        await CaseQuery.ConcernedAsync(connection, transaction, evidence, concerned, rules, cancellation); // by the links as they were
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            Replace(batch, [.. plan.News]);
            Bury(batch, [.. plan.Dead]);
            LedgerTable.Add(batch, plan.Ledger, time);
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
        }

        await CaseQuery.ConcernedAsync(connection, transaction, evidence, concerned, rules, cancellation); // and as they are now
        var cases = await CaseQuery.GatherAsync(connection, transaction, concerned.Keys, rules, cancellation);
        var messages = cases.Select(found => Case(found, concerned[found.AccountId])).Concat(plan.Dead.Select(Letter)).ToList();
        if (messages.Count == 0) return null;

        var announcement = Announcement.Of(messages, time);
        await using var insert = new NpgsqlCommand(Announcement.Insert, connection, transaction) { Parameters = { new() { Value = announcement.Id }, new() { Value = announcement.Encode() } } };
        await insert.ExecuteNonQueryAsync(cancellation);
        return announcement;
    }

    private static void Replace(NpgsqlBatch batch, IReadOnlyList<AccountRecord> news)
    {
        if (news.Count == 0) return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into records (record_key, source, native_id, observed_at, tie, account_id, account_key, name, join_date, fields, deleted)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[]::json[], $11)
            on conflict (record_key) do update set observed_at = excluded.observed_at, tie = excluded.tie, account_id = excluded.account_id, account_key = excluded.account_key, name = excluded.name,
                join_date = excluded.join_date, fields = excluded.fields, deleted = excluded.deleted
            """)
        {
            Parameters =
            {
                Column(NpgsqlDbType.Uuid, news, record => record.Key),
                Column(NpgsqlDbType.Text, news, record => record.Message.Source),
                Column(NpgsqlDbType.Text, news, record => record.Message.NativeId),
                Column(NpgsqlDbType.TimestampTz, news, record => record.Version.ObservedAt),
                Column(NpgsqlDbType.Uuid, news, record => record.Version.Tie),
                Column(NpgsqlDbType.Text, news, record => record.Message.AccountId.Value?.Text),
                Column(NpgsqlDbType.Uuid, news, record => record.Message.AccountId.Value is { } accountId ? AccountSaga.IdOf(accountId.Text) : (Guid?)null),
                Column(NpgsqlDbType.Text, news, record => record.Message.Name),
                Column(NpgsqlDbType.TimestampTz, news, record => record.Message.JoinDate?.ToUniversalTime()),
                Column(NpgsqlDbType.Text, news, record => JsonSerializer.Serialize(record.Message.Fields)),
                Column(NpgsqlDbType.Boolean, news, record => record.Message.Deleted),
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("delete from record_links where record_key = any($1)") { Parameters = { Column(NpgsqlDbType.Uuid, news, record => record.Key) } });
        var links = news.Where(record => !record.Message.Deleted).SelectMany(record => record.Message.Links.Distinct().Select(link => (record.Key, Link: link))).ToList();
        if (links.Count == 0) return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into record_links (record_key, target_key, target_system, target_native_id) select * from unnest($1, $2, $3, $4)")
        {
            Parameters =
            {
                Column(NpgsqlDbType.Uuid, links, link => link.Key),
                Column(NpgsqlDbType.Uuid, links, link => AccountRecord.KeyOf(link.Link.System, link.Link.NativeId)),
                Column(NpgsqlDbType.Text, links, link => link.Link.System),
                Column(NpgsqlDbType.Text, links, link => link.Link.NativeId),
            },
        });
    }

    private static void Bury(NpgsqlBatch batch, IReadOnlyList<RecordLetter> dead)
    {
        if (dead.Count == 0) return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into dead (dead_letter_id, stream, source, native_id, reason, detail) select * from unnest($1, $2, $3, $4, $5, $6)")
        {
            Parameters =
            {
                Column(NpgsqlDbType.Uuid, dead, letter => letter.Id),
                Column(NpgsqlDbType.Text, dead, _ => Exchanges.AccountDiscovered),
                Column(NpgsqlDbType.Text, dead, letter => letter.Source),
                Column(NpgsqlDbType.Text, dead, letter => letter.NativeId),
                Column(NpgsqlDbType.Text, dead, letter => letter.Refusal.Reason.Code),
                Column(NpgsqlDbType.Text, dead, letter => letter.Refusal.Detail),
            },
        });
    }

    private static NpgsqlParameter Column<TRow, T>(NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, T> value) =>
        new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>A case goes straight to the queue of the sagas; the same case has the same message id.</summary>
    private static Outgoing Case(AccountCase found, string? traceParent) =>
        Outgoing.Event("", StableId.Of("case", found.AccountId, found.Number.ToString()), new CaseChanged { Case = found }, SagaJson.Default.CaseChanged, traceParent)
            with { RoutingKey = BrokerTopology.AccountSaga };

    private Outgoing Letter(RecordLetter letter) => new DeadLetter
    {
        Id = letter.Id,
        Refusal = letter.Refusal,
        Body = letter.Body,
        Exchange = Exchanges.AccountDiscovered,
        SourceQueue = BrokerTopology.AccountRecords,
        FirstSeen = time.GetUtcNow(),
        MessageId = letter.MessageId,
        TraceParent = letter.TraceParent,
        Source = letter.Source == LedgerEntry.UnknownSource ? null : letter.Source,
        ObjectType = "account",
        NativeId = letter.NativeId,
    }.ToOutgoing();
}
