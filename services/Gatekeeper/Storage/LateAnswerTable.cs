using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>The claims of what was given up for want of an answer, for as long as it is dead.</summary>
internal static class LateAnswerTable
{
    public static void Add(NpgsqlBatch batch, IReadOnlyList<ObjectHistory> histories)
    {
        var revived = histories.SelectMany(history => history.Revived).ToArray();
        if (revived.Length > 0) batch.BatchCommands.Add(ResultSets.With("delete from late_answers where dead_letter_id = any($1)", revived));
        var waited = histories.SelectMany(history => history.Buried.Values).Where(dead => dead.WaitedFor is not null).OrderBy(dead => dead.Child.DeadLetterId).ToList();
        if (waited.Count == 0) return;
        batch.BatchCommands.Add(new Columns<DeadVersion>(waited)
            .Add(NpgsqlDbType.Uuid, dead => dead.Child.DeadLetterId)
            .Add(NpgsqlDbType.Uuid, dead => dead.Child.ClaimId)
            .Add(NpgsqlDbType.Text, dead => ClaimNames.Of(dead.Child.Claims[0].Kind))
            .Add(NpgsqlDbType.Text, dead => dead.Child.Claims[0].System)
            .Add(NpgsqlDbType.Text, dead => dead.Child.Claims[0].Value)
            .Add(NpgsqlDbType.Text, dead => dead.Child.Source)
            .Add(NpgsqlDbType.TimestampTz, dead => dead.Child.Version.ObservedAt)
            .Add(NpgsqlDbType.Uuid, dead => dead.WaitedFor!.Value.Id)
            .Command("""
                insert into late_answers (dead_letter_id, claim_key, claim_kind, claim_system, claim_value, source, observed_at, waits_for)
                select * from unnest({0}) on conflict (dead_letter_id) do nothing
                """));
    }
}
