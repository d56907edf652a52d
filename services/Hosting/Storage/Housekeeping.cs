using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Hosting.Storage;

/// <summary>Keeps the ledger short.</summary>
internal sealed partial class Housekeeping(NpgsqlDataSource database, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, time, stoppingToken);
                await LedgerTable.CompactAsync(database, stoppingToken);
            }
            catch (Exception exception) when (Transient.Is(exception))
            {
                Postponed(exception.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(1302, LogLevel.Information, "Housekeeping is postponed: {Why}")]
    private partial void Postponed(string why);
}
