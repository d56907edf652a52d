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
        var parked = await CountAsync(connection, transaction, $"select '{Exchanges.ChildObjectReceived}', source, count(*) from parked group by source", cancellation);
        var dead = await CountAsync(connection, transaction, "select stream, source, count(*) from dead group by stream, source", cancellation);
        var pending = await PendingAsync(connection, transaction, cancellation);

        var mistakes = LedgerAudit.Unbalanced(entries)
            .Concat(LedgerAudit.Differences("parked", entries, entry => entry.Parked, parked))
            .Concat(LedgerAudit.Differences("dead_lettered", entries, entry => entry.DeadLettered, dead));
        return new LedgerReport("gatekeeper", [.. entries.Select(LedgerAudit.Line)], [.. mistakes], pending);
    }

    private static async Task<Dictionary<(string, string), long>> CountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<(string, string), long>();
        while (await rows.ReadAsync(cancellation)) counts[(rows.GetString(0), rows.GetString(1))] = rows.GetInt64(2);
        return counts;
    }

    private static async Task<long> PendingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select count(*) from announcements", connection, transaction);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
