using Npgsql;
using NpgsqlTypes;
using Pipeline.Hosting.Storage;

namespace Pipeline.Connectors.Webhooks;

/// <summary>Deliveries in the schema <c>connectors</c>; a statement a set, and the database's clock says when.</summary>
public sealed class PostgresDeliveries(NpgsqlDataSource database) : IKeepDeliveries
{
    private const string Take = """
        update deliveries d set due_at = clock_timestamp() + $3
          from (select id from deliveries where system = $1 and ended_at is null and due_at <= statement_timestamp() order by due_at limit $2 for update skip locked) due
         where d.id = due.id
        returning d.id, d.body, d.failures, d.trace_parent, d.received_at
        """;

    public async Task<IReadOnlySet<Guid>> AddAsync(IReadOnlyList<NewDelivery> deliveries, CancellationToken cancellation)
    {
        // One delivery twice in one set would be two rows of one statement.
        var columns = new Columns<NewDelivery>([.. deliveries.DistinctBy(delivery => delivery.Id)])
            .Add(NpgsqlDbType.Uuid, delivery => delivery.Id)
            .Add(NpgsqlDbType.Text, delivery => delivery.System)
            .AddBytes(delivery => delivery.Body)
            .Add(NpgsqlDbType.Text, delivery => delivery.TraceParent);
        var added = new HashSet<Guid>();
        await foreach (var row in RowsAsync(columns.Command("insert into deliveries (id, system, body, trace_parent) select * from unnest({0}) on conflict do nothing returning id"), cancellation)) added.Add(row.GetGuid(0));
        return added;
    }

    public async Task<IReadOnlyList<KeptDelivery>> TakeAsync(string system, int most, TimeSpan hold, CancellationToken cancellation)
    {
        var command = new NpgsqlBatchCommand(Take) { Parameters = { new() { Value = system }, new() { Value = most }, new() { Value = hold } } };
        var taken = new List<(DateTimeOffset At, KeptDelivery Delivery)>();
        await foreach (var row in RowsAsync(command, cancellation))
            taken.Add((row.GetFieldValue<DateTimeOffset>(4), new KeptDelivery(row.GetGuid(0), row.GetFieldValue<byte[]>(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3))));
        return [.. taken.OrderBy(one => one.At).Select(one => one.Delivery)];
    }

    public Task EndAsync(IReadOnlyList<(Guid Id, DeliveryEnd End)> ended, CancellationToken cancellation) => ExecuteAsync(
        new Columns<(Guid Id, DeliveryEnd End)>(ended).Add(NpgsqlDbType.Uuid, one => one.Id).Add(NpgsqlDbType.Text, one => Name(one.End))
            .Command("update deliveries d set ended_at = clock_timestamp(), outcome = n.outcome, body = null from unnest({0}) n (id, outcome) where d.id = n.id"), cancellation);

    public Task PostponeAsync(IReadOnlyList<Guid> ids, TimeSpan wait, bool failed, CancellationToken cancellation) => ExecuteAsync(
        new NpgsqlBatchCommand("update deliveries set due_at = clock_timestamp() + $2, failures = failures + $3 where id = any($1) and ended_at is null")
        {
            Parameters = { new() { Value = ids.ToArray() }, new() { Value = wait }, new() { Value = failed ? 1 : 0 } },
        }, cancellation);

    public async Task<IReadOnlyDictionary<string, long>> PendingAsync(CancellationToken cancellation)
    {
        var pending = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(new NpgsqlBatchCommand("select system, count(*) from deliveries where ended_at is null group by system"), cancellation)) pending[row.GetString(0)] = row.GetInt64(1);
        return pending;
    }

    public Task<int> ForgetAsync(TimeSpan age, CancellationToken cancellation) => ExecuteAsync(
        new NpgsqlBatchCommand("delete from deliveries where id in (select id from deliveries where ended_at < statement_timestamp() - $1 limit 10000)") { Parameters = { new() { Value = age } } }, cancellation);

    private static string Name(DeliveryEnd end) => end switch
    {
        DeliveryEnd.Read => "read",
        DeliveryEnd.Unreadable => "unreadable",
        _ => "given_up",
    };

    private async Task<int> ExecuteAsync(NpgsqlBatchCommand command, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(NpgsqlBatchCommand command, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(command);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) yield return rows;
    }
}
