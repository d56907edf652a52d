using System.Data;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>The counters beside the tables that they count, in one snapshot: what differs is a mistake and is named.</summary>
internal static class GatekeeperLedger
{
    public static async Task<LedgerReport> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var entries = await LedgerTable.ReadAsync(connection, transaction, cancellation);
        var parked = await LedgerTable.CountAsync(connection, transaction, $"select '{Exchanges.ChildObjectReceived}', source, count(*) from parked group by source", cancellation);
        var dead = await LedgerTable.CountAsync(connection, transaction, "select stream, source, count(*) from dead group by stream, source", cancellation);
        var pending = await LedgerTable.PendingAsync(connection, transaction, cancellation);

        var mistakes = LedgerAudit.Unbalanced(entries)
            .Concat(LedgerAudit.Differences("parked", entries, entry => entry.Parked, parked))
            .Concat(LedgerAudit.Differences("dead_lettered", entries, entry => entry.DeadLettered, dead));
        return new LedgerReport("gatekeeper", [.. entries.Select(LedgerAudit.Line)], [.. mistakes], pending);
    }
}
