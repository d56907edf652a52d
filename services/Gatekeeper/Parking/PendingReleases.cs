using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>The table of releases that are still to be done.</summary>
internal static class PendingReleases
{
    /// <summary>What a release concerns is counted no further than a page.</summary>
    private const string Take =
        """
        with taken as (
            select id, claim_key, object_key, since from releases where $1::uuid[] is null or id = any($1) order by requested_at, id limit $3 for update skip locked)
        select id, claim_key, object_key, since,
            case when object_key is null then (select count(*)::int from (select from parked where waits_for = taken.claim_key limit $2) waiting) else 1 end,
            (select count(*)::int from (select from objects o where o.claim_key = taken.claim_key and o.claim_key <> o.account_key limit $2) resting),
            exists (select from parked p where p.claim_key = taken.claim_key and p.claim_key <> p.waits_for),
            exists (select from event_keys e where e.claim_key = taken.claim_key),
            exists (select from corrections c where c.claim_key = taken.claim_key),
            exists (select from late_answers l where l.waits_for = taken.claim_key) or exists (select from late_answers l where l.claim_key = taken.claim_key and l.claim_key <> l.waits_for)
        from taken
        """;

    /// <param name="same">The releases that were taken before; null to take any.</param>
    /// <param name="reach">How many to look at.</param>
    public static async Task<IReadOnlyList<PendingRelease>> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease>? same, int pageSize, int reach, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Take, connection, transaction);
        command.Parameters.Add(new() { Value = (object?)same?.Select(release => release.Id).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = pageSize });
        command.Parameters.Add(new() { Value = reach });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var pending = new List<PendingRelease>();
        while (await rows.ReadAsync(cancellation))
            pending.Add(new PendingRelease(
                rows.GetGuid(0), rows.IsDBNull(1) ? null : rows.GetGuid(1), rows.IsDBNull(2) ? null : rows.GetGuid(2), rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3),
                new Concerned(rows.GetInt32(4), rows.GetInt32(5), rows.GetBoolean(6), rows.GetBoolean(7), rows.GetBoolean(8), rows.GetBoolean(9))));
        return pending;
    }

    public static async Task StrikeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> done, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from releases where id = any($1)", connection, transaction) { Parameters = { new() { Value = done.Select(release => release.Id).ToArray() } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
