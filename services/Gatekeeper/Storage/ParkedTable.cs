using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>What waits. The deadline is on the database's clock, and a row that changes its key keeps the one that it had.</summary>
internal static class ParkedTable
{
    private const string Names =
        "object_key, claim_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, claim_system, claim_value, why, body, message_id, trace_parent, parked_at, deadline";

    public static void Unpark(GuardedBatch batch, IReadOnlyList<ObjectHistory> histories) => batch.Add(
        [.. histories.SelectMany(history => history.Changes).Where(change => change.Before is ParkedVersion)],
        columns => columns
            .Add(NpgsqlDbType.Uuid, change => change.ObjectKey)
            .Add(NpgsqlDbType.Uuid, change => change.ClaimId)
            .Add(NpgsqlDbType.Uuid, change => ((ParkedVersion)change.Before!).WaitsFor)
            .Add(NpgsqlDbType.Uuid, change => change.Before!.Version.Tie)
            .Command("""
                delete from parked p using unnest({0}) gone (object_key, claim_key, waits_for, tie)
                where p.object_key = gone.object_key and p.claim_key = gone.claim_key and p.waits_for = gone.waits_for and p.tie = gone.tie
                """), joins: true);

    public static void Park(GuardedBatch batch, IReadOnlyList<ObjectHistory> histories, Deadlines deadlines) => batch.Add(
        [.. histories.SelectMany(history => history.Changes).Select(change => change.Now).OfType<ParkedVersion>()
            .Select(parked => (Child: parked.Child!, Wait: parked.Wait!, parked.Since))],
        columns => columns
            .Add(NpgsqlDbType.Uuid, row => row.Child.ObjectKey)
            .Add(NpgsqlDbType.Uuid, row => row.Child.ClaimId)
            .Add(NpgsqlDbType.Uuid, row => row.Wait.WaitsFor.Id)
            .Add(NpgsqlDbType.Text, row => row.Child.Source)
            .Add(NpgsqlDbType.Text, row => row.Child.ObjectType)
            .Add(NpgsqlDbType.Text, row => row.Child.NativeId)
            .Add(NpgsqlDbType.TimestampTz, row => row.Child.Version.ObservedAt)
            .Add(NpgsqlDbType.Uuid, row => row.Child.Version.Tie)
            .Add(NpgsqlDbType.Text, row => ClaimNames.Of(row.Wait.WaitsFor.Kind))
            .Add(NpgsqlDbType.Text, row => row.Wait.WaitsFor.System)
            .Add(NpgsqlDbType.Text, row => row.Wait.WaitsFor.Value)
            .Add(NpgsqlDbType.Text, row => Name(row.Wait.Why))
            .AddBytes(row => row.Child.Body)
            .Add(NpgsqlDbType.Text, row => row.Child.MessageId)
            .Add(NpgsqlDbType.Text, row => row.Child.TraceParent)
            .Add(NpgsqlDbType.TimestampTz, row => row.Since?.ParkedAt)
            .Add(NpgsqlDbType.TimestampTz, row => row.Since?.Deadline)
            .Add(NpgsqlDbType.Interval, row => deadlines.For(row.Child.Source, row.Child.ObjectType))
            .Command($$"""
                insert into parked ({{Names}})
                select object_key, claim_key, waits_for, source, object_type, native_id, observed_at, tie, claim_kind, nullif(claim_system, ''), claim_value, why, body, message_id, trace_parent,
                    coalesce(parked_at, clock_timestamp()), coalesce(deadline, clock_timestamp() + patience)
                from unnest({0}) n ({{Names}}, patience)
                on conflict do nothing
                """));

    private static string Name(ParkedWhy why) => why switch
    {
        ParkedWhy.Unanswered => "unanswered",
        ParkedWhy.NotAdmitted => "not_admitted",
        _ => "ambiguous",
    };
}
