using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Hosting.Storage;

/// <summary>Keeps the ledger short, and forgets suspects whose messages never came again.</summary>
internal sealed class Housekeeping(NpgsqlDataSource database, TimeProvider time, ILogger<Housekeeping> log) : RepeatedWork(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await LedgerTable.CompactAsync(database, stopping);
        await using var forget = database.CreateCommand("delete from suspects where noted_at < statement_timestamp() - interval '7 days'");
        await forget.ExecuteNonQueryAsync(stopping);
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);
}
