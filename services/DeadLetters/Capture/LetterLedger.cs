using System.Data;
using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Ledger;

namespace Pipeline.DeadLetters.Capture;

/// <summary>The letters that only the office counts, and how many it keeps of those that others have counted.</summary>
public static class LetterLedger
{
    private const string Ours = "select coalesce(nullif(exchange, ''), source_queue), coalesce(source, '(unknown)'), count(*) from letters where counted_by_us group by 1, 2";
    private const string Theirs = "select exchange, coalesce(source, '(unknown)'), count(*) from letters where not counted_by_us group by 1, 2";

    public static async Task<(LedgerReport Report, IReadOnlyDictionary<(string Stream, string Source), long> Kept)> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var entries = await LedgerTable.ReadAsync(connection, transaction, cancellation);
        var ours = await LedgerTable.CountAsync(connection, transaction, Ours, cancellation);
        var mistakes = LedgerAudit.Unbalanced(entries).Concat(LedgerAudit.Differences("dead_lettered", entries, entry => entry.DeadLettered, ours));
        var kept = await LedgerTable.CountAsync(connection, transaction, Theirs, cancellation);
        return (new LedgerReport("dead-letters", [.. entries.Select(LedgerAudit.Line)], [.. mistakes], await LedgerTable.PendingAsync(connection, transaction, cancellation)), kept);
    }
}
