using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Hosting.Storage;

/// <summary>Keeps the ledger short.</summary>
internal sealed class Housekeeping(NpgsqlDataSource database, TimeProvider time, ILogger<Housekeeping> log) : RepeatedWork(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override Task RoundAsync(CancellationToken stopping) => LedgerTable.CompactAsync(database, stopping);

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);
}
