using Npgsql;

namespace Pipeline.Hosting.Ledger;

/// <summary>The ledger in the service's schema: a row a transaction and source, summed now and then; no row is ever updated, so none is hot.</summary>
public static class LedgerTable
{
    /// <summary>Adds the entries as part of a batch of commands.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<LedgerEntry> entries, TimeProvider time)
    {
        if (entries.Count == 0) return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "insert into ledger select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        {
            Parameters =
            {
                new() { Value = entries.Select(_ => Guid.CreateVersion7(time.GetUtcNow())).ToArray() },
                new() { Value = entries.Select(entry => entry.Stream).ToArray() },
                new() { Value = entries.Select(entry => entry.Source).ToArray() },
                new() { Value = entries.Select(entry => entry.Received).ToArray() },
                new() { Value = entries.Select(entry => entry.Accepted).ToArray() },
                new() { Value = entries.Select(entry => entry.Parked).ToArray() },
                new() { Value = entries.Select(entry => entry.DeadLettered).ToArray() },
                new() { Value = entries.Select(entry => entry.Superseded).ToArray() },
                new() { Value = entries.Select(entry => entry.Duplicates).ToArray() },
            },
        });
    }

    /// <summary>The sums by stream and source, seen in one snapshot with whatever else the same transaction reads.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select stream, source, sum(received)::bigint, sum(accepted)::bigint, sum(parked)::bigint, sum(dead_lettered)::bigint, sum(superseded)::bigint, sum(duplicates)::bigint
            from ledger group by stream, source order by stream, source
            """, connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<LedgerEntry>();
        while (await rows.ReadAsync(cancellation))
            entries.Add(new LedgerEntry(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), rows.GetInt64(7)));
        return entries;
    }

    /// <summary>Counts by stream and source, from a query with these three columns.</summary>
    public static async Task<Dictionary<(string Stream, string Source), long>> CountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<(string, string), long>();
        while (await rows.ReadAsync(cancellation)) counts[(rows.GetString(0), rows.GetString(1))] = rows.GetInt64(2);
        return counts;
    }

    /// <summary>How many transactions' announcements are still to be said.</summary>
    public static async Task<long> PendingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select count(*) from announcements", connection, transaction);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Replaces the rows there are by their sums. Safe at any time and on any replica.</summary>
    public static async Task CompactAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            with taken as (
                delete from ledger where id in (select id from ledger order by id limit 10000 for update skip locked) returning *)
            insert into ledger
            select gen_random_uuid(), stream, source, sum(received), sum(accepted), sum(parked), sum(dead_lettered), sum(superseded), sum(duplicates)
            from taken group by stream, source
            """);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
