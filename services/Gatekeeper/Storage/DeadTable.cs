using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>What was given up, and what of it lives again.</summary>
internal static class DeadTable
{
    public static void Revive(GuardedBatch batch, IReadOnlyList<ObjectHistory> histories) => batch.Add(
        [.. histories.SelectMany(history => history.Revived)],
        columns => columns.Add(NpgsqlDbType.Uuid, id => id).Command("delete from dead where dead_letter_id = any($1)"));

    public static void Bury(GuardedBatch batch, IReadOnlyList<ObjectHistory> histories, IReadOnlyCollection<UnreadableLetter> unreadable) => batch.Add(
        [.. histories.SelectMany(history => history.Buried).Select(entry => Row.Of(entry.Key, entry.Value)).Concat(unreadable.Select(Row.Of)).OrderBy(row => row.Id)],
        columns => columns
            .Add(NpgsqlDbType.Uuid, row => row.Id)
            .Add(NpgsqlDbType.Text, row => row.Stream)
            .Add(NpgsqlDbType.Text, row => row.Source)
            .Add(NpgsqlDbType.Text, row => row.Child?.ObjectType)
            .Add(NpgsqlDbType.Text, row => row.Child?.NativeId)
            .Add(NpgsqlDbType.Uuid, row => row.Child?.ObjectKey)
            .Add(NpgsqlDbType.TimestampTz, row => row.Child?.Version.ObservedAt)
            .Add(NpgsqlDbType.Uuid, row => row.Child?.Version.Tie)
            .Add(NpgsqlDbType.Uuid, row => row.WaitedFor?.Id)
            .Add(NpgsqlDbType.Text, row => row.WaitedFor is { } key ? ClaimNames.Of(key.Kind) : null)
            .Add(NpgsqlDbType.Text, row => row.WaitedFor?.System)
            .Add(NpgsqlDbType.Text, row => row.WaitedFor?.Value)
            .Add(NpgsqlDbType.Text, row => row.Refusal.Reason.Code)
            .Add(NpgsqlDbType.Text, row => row.Refusal.Detail)
            .Add(NpgsqlDbType.Text, row => row.TraceParent)
            .Command("""
                insert into dead (dead_letter_id, stream, source, object_type, native_id, object_key, observed_at, tie, waits_for, claim_kind, claim_system, claim_value, reason, detail, trace_parent)
                select * from unnest({0}) on conflict do nothing
                """));

    /// <summary>The child is null where the body could not be read as one.</summary>
    private sealed record Row(Guid Id, string Stream, string Source, Child? Child, ClaimKey? WaitedFor, Refusal Refusal, string? TraceParent)
    {
        public static Row Of(Guid id, DeadVersion dead) => new(id, Exchanges.ChildObjectReceived, dead.Child.Source, dead.Child, dead.WaitedFor, dead.Refusal, dead.Child.TraceParent);

        public static Row Of(UnreadableLetter letter) => new(letter.DeadLetterId, letter.Stream, letter.Source, null, null, letter.Refusal, letter.Delivery.TraceParent);
    }
}
