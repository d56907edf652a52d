using Npgsql;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>The table of releases that are still to be done.</summary>
internal static class PendingReleases
{
    /// <summary>What a release concerns is counted no further than a page. <c>offset 0</c> has each looked up for itself (<see cref="ReleaseTable"/>).</summary>
    private const string Concerns =
        """
        select id, claim_key, object_key, since,
            case when object_key is null then (select count(*)::int from (select from parked where waits_for = taken.claim_key limit $1) waiting) else 1 end,
            (select count(*)::int from (select from objects o where o.claim_key = taken.claim_key and o.claim_key <> o.account_key limit $1) resting),
            exists (select from parked p where p.claim_key = taken.claim_key and p.claim_key <> p.waits_for offset 0),
            exists (select from event_keys e where e.claim_key = taken.claim_key offset 0),
            exists (select from corrections c where c.claim_key = taken.claim_key offset 0),
            exists (select from late_answers l where l.waits_for = taken.claim_key offset 0) or exists (select from late_answers l where l.claim_key = taken.claim_key and l.claim_key <> l.waits_for offset 0)
        from taken
        """;

    private const string Oldest = $"with taken as (select id, claim_key, object_key, since from releases order by requested_at, id limit $2 for update skip locked) {Concerns}";

    private const string Same = "select id from releases where id = any($1) order by requested_at, id for update skip locked";

    /// <param name="reach">How many to look at.</param>
    public static async Task<IReadOnlyList<PendingRelease>> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int pageSize, int reach, CancellationToken cancellation)
    {
        var take = new NpgsqlBatchCommand(Oldest) { Parameters = { new() { Value = pageSize }, new() { Value = reach } } };
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new($"select {StatementPlans.Once}"), take } };
        StatementPlans.Renew(batch);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var pending = new List<PendingRelease>();
        await rows.EachAsync(row => pending.Add(new PendingRelease(
            row.GetGuid(0), row.IdOrNull(1), row.IdOrNull(2), row.TimeOrNull(3),
            new Concerned(row.GetInt32(4), row.GetInt32(5), row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9)))), cancellation);
        return pending;
    }

    /// <summary>
    /// Takes them for their next page, those that nobody else has in hand by now. What they concern is not counted again: it would be
    /// looked for beneath all that their earlier pages have left behind, so that each page of a large one took longer than the one before.
    /// </summary>
    public static async Task<IReadOnlyList<PendingRelease>> TakeAgainAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> same, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Same, connection, transaction) { Parameters = { new() { Value = same.Select(release => release.Id).ToArray() } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var had = same.ToDictionary(release => release.Id);
        var taken = new List<PendingRelease>();
        while (await rows.ReadAsync(cancellation)) taken.Add(had[rows.GetGuid(0)]);
        return taken;
    }

    public static async Task StrikeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> done, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from releases where id = any($1)", connection, transaction) { Parameters = { new() { Value = done.Select(release => release.Id).ToArray() } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
