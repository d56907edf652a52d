using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Benchmarks.Peers.Job;

/// <summary>
/// The job in as few statements as it can be done with: three tables, sets in and out, versions compared, and the lock that keeps
/// "park" and "admit" apart. What raw, batch and wolverine share, so that they differ by their messaging alone.
/// </summary>
public sealed class JobTables(NpgsqlDataSource database)
{
    public const string Accepted = "select native_id, account_id from job.objects";
    public const string Admitted = "select count(*) from job.accounts";
    public const string Parked = "select count(*) from job.parked";

    private const string Make = """
        create schema if not exists job;
        create table if not exists job.accounts (account_id text primary key, name text not null);
        create table if not exists job.objects (object_key uuid primary key, source text not null, object_type text not null, native_id text not null,
            observed_at timestamptz not null, account_id text not null, body bytea not null, accepted_at timestamptz not null default clock_timestamp());
        create index if not exists objects_account on job.objects (account_id);
        create table if not exists job.parked (object_key uuid primary key, source text not null, object_type text not null, native_id text not null,
            observed_at timestamptz not null, account_id text not null, body bytea not null, deadline timestamptz not null default clock_timestamp() + interval '14 days');
        create index if not exists parked_account on job.parked (account_id);
        create index if not exists parked_deadline on job.parked (deadline);
        """;

    private const string Shared = "select pg_advisory_xact_lock_shared(1)";
    private const string Alone = "select pg_advisory_xact_lock(1)";
    private const string Known = "select account_id from job.accounts where account_id = any($1)";

    private const string Keep = """
        insert into job.{0} as o (object_key, source, object_type, native_id, observed_at, account_id, body) select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (object_key) do update set observed_at = excluded.observed_at, account_id = excluded.account_id, body = excluded.body
        where o.observed_at < excluded.observed_at returning object_key
        """;

    private const string Admit = "insert into job.accounts select * from unnest($1, $2) on conflict do nothing";

    private const string Release = """
        with gone as (delete from job.parked where account_id = any($1) returning object_key, source, object_type, native_id, observed_at, account_id, body)
        insert into job.objects as o (object_key, source, object_type, native_id, observed_at, account_id, body) select * from gone
        on conflict (object_key) do update set observed_at = excluded.observed_at, account_id = excluded.account_id, body = excluded.body
        where o.observed_at < excluded.observed_at returning source, object_type, native_id, observed_at, account_id
        """;

    public async Task MakeAsync()
    {
        await using var command = database.CreateCommand(Make);
        await command.ExecuteNonQueryAsync();
    }

    /// <returns>What is to be said.</returns>
    public async Task<IReadOnlyList<AcceptedMessage>> TakeAsync(IReadOnlyList<(ChildMessage Child, ReadOnlyMemory<byte> Body)> batch, CancellationToken cancellation)
    {
        var newest = batch.GroupBy(one => one.Child.Key).Select(versions => versions.MaxBy(one => one.Child.ObservedAt)).OrderBy(one => one.Child.Key).ToList();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var known = new HashSet<string>();
        await using (var look = new NpgsqlBatch(connection, transaction) { BatchCommands = { new(Shared), new(Known) { Parameters = { new() { Value = newest.Select(one => one.Child.AccountId).Distinct().ToArray() } } } } })
        await using (var rows = await look.ExecuteReaderAsync(cancellation))
        {
            await rows.NextResultAsync(cancellation);
            while (await rows.ReadAsync(cancellation)) known.Add(rows.GetString(0));
        }

        var changed = new HashSet<Guid>();
        await using (var keep = new NpgsqlBatch(connection, transaction))
        {
            Add(keep, "objects", [.. newest.Where(one => known.Contains(one.Child.AccountId))]);
            Add(keep, "parked", [.. newest.Where(one => !known.Contains(one.Child.AccountId))]);
            await using var rows = await keep.ExecuteReaderAsync(cancellation);
            do
                while (await rows.ReadAsync(cancellation)) changed.Add(rows.GetGuid(0));
            while (await rows.NextResultAsync(cancellation));
        }

        await transaction.CommitAsync(cancellation);
        return [.. newest.Where(one => known.Contains(one.Child.AccountId) && changed.Contains(one.Child.Key)).Select(one => AcceptedMessage.Of(one.Child.Source, one.Child.ObjectType, one.Child.NativeId, one.Child.ObservedAt, one.Child.AccountId))];
    }

    /// <returns>What is to be said.</returns>
    public async Task<IReadOnlyList<AcceptedMessage>> AdmitAsync(IReadOnlyList<AdmissionMessage> accounts, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var ids = accounts.Select(account => account.AccountId).ToArray();
        var released = new List<AcceptedMessage>();
        await using (var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(Alone),
                new(Admit) { Parameters = { new() { Value = ids }, new() { Value = accounts.Select(account => account.Name).ToArray() } } },
                new(Release) { Parameters = { new() { Value = ids } } },
            },
        })
        await using (var rows = await batch.ExecuteReaderAsync(cancellation))
        {
            await rows.NextResultAsync(cancellation); // past the lock; what returns no rows has no result of its own
            while (await rows.ReadAsync(cancellation)) released.Add(AcceptedMessage.Of(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3), rows.GetString(4)));
        }

        await transaction.CommitAsync(cancellation);
        return released;
    }

    private static void Add(NpgsqlBatch batch, string table, IReadOnlyList<(ChildMessage Child, ReadOnlyMemory<byte> Body)> rows)
    {
        if (rows.Count == 0) return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Keep.Replace("{0}", table))
        {
            Parameters =
            {
                new() { Value = rows.Select(row => row.Child.Key).ToArray() },
                new() { Value = rows.Select(row => row.Child.Source).ToArray() },
                new() { Value = rows.Select(row => row.Child.ObjectType).ToArray() },
                new() { Value = rows.Select(row => row.Child.NativeId).ToArray() },
                new() { Value = rows.Select(row => row.Child.ObservedAt.ToUniversalTime()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = rows.Select(row => row.Child.AccountId).ToArray() },
                new() { Value = rows.Select(row => row.Body.ToArray()).ToArray() },
            },
        });
    }
}
