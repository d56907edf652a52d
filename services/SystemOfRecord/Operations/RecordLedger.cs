using System.Data;
using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Ledger;

namespace Pipeline.SystemOfRecord.Operations;

/// <summary>The counters beside the table of the dead, in one snapshot.</summary>
internal static class RecordLedger
{
    public static async Task<LedgerReport> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var entries = await LedgerTable.ReadAsync(connection, transaction, cancellation);
        var dead = await LedgerTable.CountAsync(connection, transaction, "select stream, source, count(*) from dead group by stream, source", cancellation);
        var mistakes = LedgerAudit.Unbalanced(entries).Concat(LedgerAudit.Differences("dead_lettered", entries, entry => entry.DeadLettered, dead));
        return new LedgerReport("system-of-record", [.. entries.Select(LedgerAudit.Line)], [.. mistakes], await LedgerTable.PendingAsync(connection, transaction, cancellation));
    }
}
