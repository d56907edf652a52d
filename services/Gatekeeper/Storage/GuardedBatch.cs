using Npgsql;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>
/// Statements that each change only rows that still are as the plan read them, and count them. If another replica was quicker
/// somewhere, the count differs, nothing is committed, and the batch is planned anew.
/// </summary>
internal sealed class GuardedBatch(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection, transaction);
    private readonly List<int> _expected = [];

    /// <summary>A statement that must change exactly as many rows as it is given; none where there are no rows.</summary>
    public void Add<TRow>(IReadOnlyList<TRow> rows, Func<Columns<TRow>, NpgsqlBatchCommand> statement)
    {
        if (rows.Count == 0) return;
        _batch.BatchCommands.Add(statement(new Columns<TRow>(rows)));
        _expected.Add(rows.Count);
    }

    /// <exception cref="WriteConflictException">Rows have changed since the plan read them.</exception>
    public async Task ExecuteAsync(CancellationToken cancellation)
    {
        if (_expected.Count == 0) return;
        await _batch.ExecuteNonQueryAsync(cancellation);
        for (var index = 0; index < _expected.Count; index++)
            if ((long)_batch.BatchCommands[index].RecordsAffected != _expected[index])
                throw new WriteConflictException("Another replica changed the same objects; the batch is decided again.");
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
