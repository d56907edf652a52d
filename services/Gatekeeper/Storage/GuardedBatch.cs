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
    private readonly List<(NpgsqlBatchCommand Command, int Rows)> _expected = [];
    private bool _joins;

    /// <summary>A statement that must change exactly as many rows as it is given; none where there are no rows.</summary>
    /// <param name="joins">Whether it finds the rows by joining them: then it is planned for what the tables hold now (<see cref="StatementPlans"/>).</param>
    public void Add<TRow>(IReadOnlyList<TRow> rows, Func<Columns<TRow>, NpgsqlBatchCommand> statement, bool joins = false)
    {
        if (rows.Count == 0) return;
        if (joins && !_joins) _batch.BatchCommands.Insert(0, new NpgsqlBatchCommand($"select {StatementPlans.Anew}"));
        _joins |= joins;
        var command = statement(new Columns<TRow>(rows));
        _batch.BatchCommands.Add(command);
        _expected.Add((command, rows.Count));
    }

    /// <exception cref="WriteConflictException">Rows have changed since the plan read them.</exception>
    public async Task ExecuteAsync(CancellationToken cancellation)
    {
        if (_expected.Count == 0) return;
        await _batch.ExecuteNonQueryAsync(cancellation);
        if (_expected.Any(expected => (long)expected.Command.RecordsAffected != expected.Rows))
            throw new WriteConflictException("Another replica changed the same objects; the batch is decided again.");
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
