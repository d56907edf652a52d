using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Ledger;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>
/// Writes a plan: a statement a kind of change, all in one round trip. Each statement changes only rows that still are as the
/// plan read them, and counts them; if another replica was quicker, nothing is committed and the batch is planned anew.
/// </summary>
public sealed class PlanWriter(Deadlines deadlines, TimeProvider time)
{
    /// <returns>What is to be said once the transaction has committed; null where there is nothing to say.</returns>
    /// <exception cref="WriteConflictException">Rows have changed since the plan read them.</exception>
    public async Task<Announcement?> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Plan plan, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        var expected = new List<int>();
        var histories = plan.Histories.OrderBy(history => history.ObjectKey).ToList(); // one order for all, so that no two batches wait for each other

        Unpark(batch, expected, histories);
        Accept(batch, expected, histories);
        Park(batch, expected, histories);
        Bury(batch, expected, histories, plan.Unreadable);
        if (expected.Count > 0) await ExecuteAsync(batch, expected, cancellation);

        var announcement = Announcements.Of(plan, time);
        await using var rest = new NpgsqlBatch(connection, transaction);
        LedgerTable.Add(rest, plan.Ledger, time);
        if (announcement is not null)
            rest.BatchCommands.Add(new(Announcement.Insert) { Parameters = { new() { Value = announcement.Id }, new() { Value = announcement.Encode() } } });
        if (rest.BatchCommands.Count > 0) await rest.ExecuteNonQueryAsync(cancellation);
        return announcement;
    }

    private static async Task ExecuteAsync(NpgsqlBatch batch, List<int> expected, CancellationToken cancellation)
    {
        await batch.ExecuteNonQueryAsync(cancellation);
        for (var index = 0; index < expected.Count; index++)
            if ((long)batch.BatchCommands[index].RecordsAffected != expected[index])
                throw new WriteConflictException("Another replica changed the same objects; the batch is decided again.");
    }

    private static void Add<TRow>(NpgsqlBatch batch, List<int> expected, IReadOnlyList<TRow> rows, Func<Columns<TRow>, NpgsqlBatchCommand> command)
    {
        if (rows.Count == 0) return;
        batch.BatchCommands.Add(command(new Columns<TRow>(rows)));
        expected.Add(rows.Count);
    }

    private static void Unpark(NpgsqlBatch batch, List<int> expected, List<ObjectHistory> histories)
    {
        var rows = histories.SelectMany(history => history.NoLongerParked.Select(parked => (history.ObjectKey, parked.WaitsFor, parked.Version))).ToList();
        Add(batch, expected, rows, columns => columns
            .Add(NpgsqlDbType.Uuid, row => row.ObjectKey)
            .Add(NpgsqlDbType.Uuid, row => row.WaitsFor)
            .Add(NpgsqlDbType.Uuid, row => row.Version.Tie)
            .Command("delete from parked p using unnest($1, $2, $3) gone (object_key, waits_for, tie) where p.object_key = gone.object_key and p.waits_for = gone.waits_for and p.tie = gone.tie"));
    }

    private static void Accept(NpgsqlBatch batch, List<int> expected, List<ObjectHistory> histories)
    {
        var changed = histories.Where(history => history.Accepted != history.AcceptedBefore).ToList();
        Add(batch, expected, changed.Where(history => history.AcceptedBefore is null).ToList(), columns => ObjectColumns(columns)
            .Command($"insert into objects ({ObjectColumnNames}) select * from unnest({Numbers(1, 16)}) on conflict do nothing"));
        Add(batch, expected, changed.Where(history => history.AcceptedBefore is not null).ToList(), columns => ObjectColumns(columns)
            .Add(NpgsqlDbType.Uuid, history => history.AcceptedBefore!.Version.Tie)
            .Add(NpgsqlDbType.TimestampTz, history => history.AcceptedBefore!.Version.ObservedAt)
            .Command($"""
                update objects o set ({ObjectColumnNames}, accepted_at) = ({string.Join(", ", ObjectColumnNames.Split(", ").Select(name => $"n.{name}"))}, clock_timestamp())
                from unnest({Numbers(1, 18)}) n ({ObjectColumnNames}, tie_before, observed_before)
                where o.object_key = n.object_key and o.tie = n.tie_before and o.observed_at = n.observed_before
                """));
    }

    private const string ObjectColumnNames =
        "object_key, source, object_type, native_id, observed_at, tie, account_key, account_id, claim_kind, claim_system, claim_value, deleted, data, message_id, trace_parent, waited";

    private static Columns<ObjectHistory> ObjectColumns(Columns<ObjectHistory> columns) => columns
        .Add(NpgsqlDbType.Uuid, history => history.ObjectKey)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.Source)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.ObjectType)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.NativeId)
        .Add(NpgsqlDbType.TimestampTz, history => history.Accepted!.Version.ObservedAt)
        .Add(NpgsqlDbType.Uuid, history => history.Accepted!.Version.Tie)
        .Add(NpgsqlDbType.Uuid, history => ClaimKey.Of(history.Accepted!.Decision!.Account).Id)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Decision!.Account.Text)
        .Add(NpgsqlDbType.Text, history => Contracts.ClaimNames.Of(history.Accepted!.Decision!.Claim.Kind))
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Decision!.Claim.System)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Decision!.Claim.Value)
        .Add(NpgsqlDbType.Boolean, history => history.Accepted!.Child!.Deleted)
        .Add(NpgsqlDbType.Json, history => Json(history.Accepted!.Child!))
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.MessageId)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.TraceParent)
        .Add(NpgsqlDbType.Interval, history => history.Accepted!.Waited);

    private void Park(NpgsqlBatch batch, List<int> expected, List<ObjectHistory> histories)
    {
        var rows = histories.SelectMany(history => history.NewlyParked.Select(parked => (Child: parked.Child!, Wait: parked.Wait!, parked.Since))).ToList();
        Add(batch, expected, rows, columns => columns
            .Add(NpgsqlDbType.Uuid, row => row.Child.ObjectKey)
            .Add(NpgsqlDbType.Uuid, row => row.Wait.WaitsFor.Id)
            .Add(NpgsqlDbType.Text, row => row.Child.Source)
            .Add(NpgsqlDbType.Text, row => row.Child.ObjectType)
            .Add(NpgsqlDbType.Text, row => row.Child.NativeId)
            .Add(NpgsqlDbType.TimestampTz, row => row.Child.Version.ObservedAt)
            .Add(NpgsqlDbType.Uuid, row => row.Child.Version.Tie)
            .Add(NpgsqlDbType.Text, row => Contracts.ClaimNames.Of(row.Wait.WaitsFor.Kind))
            .Add(NpgsqlDbType.Text, row => row.Wait.WaitsFor.System)
            .Add(NpgsqlDbType.Text, row => row.Wait.WaitsFor.Value)
            .Add(NpgsqlDbType.Text, row => Why(row.Wait.Why))
            .Add(NpgsqlDbType.Bytea, row => row.Child.Body.ToArray())
            .Add(NpgsqlDbType.Text, row => row.Child.MessageId)
            .Add(NpgsqlDbType.Text, row => row.Child.TraceParent)
            .Add(NpgsqlDbType.TimestampTz, row => row.Since?.ParkedAt)
            .Add(NpgsqlDbType.TimestampTz, row => row.Since?.Deadline)
            .Add(NpgsqlDbType.Interval, row => deadlines.For(row.Child.Source, row.Child.ObjectType))
            .Command($"""
                insert into parked (object_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, claim_system, claim_value, why, body, message_id, trace_parent, parked_at, deadline)
                select object_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, nullif(claim_system, ''), claim_value, why, body, message_id, trace_parent,
                    coalesce(parked_at, clock_timestamp()), coalesce(deadline, clock_timestamp() + patience)
                from unnest({Numbers(1, 17)}) n (object_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, claim_system, claim_value, why, body, message_id, trace_parent, parked_at, deadline, patience)
                on conflict do nothing
                """));
    }

    private static void Bury(NpgsqlBatch batch, List<int> expected, List<ObjectHistory> histories, IReadOnlyCollection<UnreadableLetter> unreadable)
    {
        Add(batch, expected, histories.SelectMany(history => history.Revived).ToList(), columns => columns
            .Add(NpgsqlDbType.Uuid, id => id)
            .Command("delete from dead where dead_letter_id = any($1)"));

        var dead = histories.SelectMany(history => history.Buried).Select(entry => DeadRow.Of(entry.Key, entry.Value))
            .Concat(unreadable.Select(DeadRow.Of)).OrderBy(row => row.Id).ToList();
        Add(batch, expected, dead, columns => columns
            .Add(NpgsqlDbType.Uuid, row => row.Id)
            .Add(NpgsqlDbType.Text, row => row.Stream)
            .Add(NpgsqlDbType.Text, row => row.Source)
            .Add(NpgsqlDbType.Text, row => row.Child?.ObjectType)
            .Add(NpgsqlDbType.Text, row => row.Child?.NativeId)
            .Add(NpgsqlDbType.Uuid, row => row.Child?.ObjectKey)
            .Add(NpgsqlDbType.TimestampTz, row => row.Child?.Version.ObservedAt)
            .Add(NpgsqlDbType.Uuid, row => row.Child?.Version.Tie)
            .Add(NpgsqlDbType.Text, row => row.Refusal.Reason.Code)
            .Add(NpgsqlDbType.Text, row => row.Refusal.Detail)
            .Add(NpgsqlDbType.Text, row => row.TraceParent)
            .Command($"""
                insert into dead (dead_letter_id, stream, source, object_type, native_id, object_key, observed_at, tie, reason, detail, trace_parent)
                select * from unnest({Numbers(1, 11)}) on conflict do nothing
                """));
    }

    private static string Numbers(int first, int last) => string.Join(", ", Enumerable.Range(first, last - first + 1).Select(number => $"${number}"));

    private static string Why(ParkedWhy why) => why switch
    {
        ParkedWhy.Unanswered => "unanswered",
        ParkedWhy.NotAdmitted => "not_admitted",
        _ => "ambiguous",
    };

    private static string? Json(Child child) => child.Data.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : child.Data.GetRawText();
}
