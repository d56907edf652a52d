using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>The table of releases that are still to be done.</summary>
internal static class PendingReleases
{
    /// <summary>A page of releases at most: each concerns at least one version, or did.</summary>
    private const string Take =
        """
        with taken as (
            select id, claim_key, object_key, resting, since from releases where $1::uuid[] is null or id = any($1) order by requested_at, id limit $2 for update skip locked)
        select id, claim_key, object_key, resting, since,
            (select count(*)::int from (select from parked where waits_for = taken.claim_key limit $2) waiting)
            + case when resting then (select count(*)::int from (select from objects o where o.claim_key = taken.claim_key and o.claim_key <> o.account_key limit $2) resting) else 0 end
            + case when object_key is null then 0 else 1 end
        from taken
        """;

    /// <param name="same">The releases that were taken before; null to take any.</param>
    public static async Task<IReadOnlyList<PendingRelease>> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease>? same, int pageSize, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Take, connection, transaction);
        command.Parameters.Add(new() { Value = (object?)same?.Select(release => release.Id).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = pageSize });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var pending = new List<PendingRelease>();
        while (await rows.ReadAsync(cancellation)) pending.Add(new PendingRelease(
            rows.GetGuid(0), rows.IsDBNull(1) ? null : rows.GetGuid(1), rows.IsDBNull(2) ? null : rows.GetGuid(2), rows.GetBoolean(3), rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4), rows.GetInt32(5)));
        return pending;
    }

    public static async Task StrikeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> done, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from releases where id = any($1)", connection, transaction) { Parameters = { new() { Value = done.Select(release => release.Id).ToArray() } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
