using Npgsql;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>Looks now and then at what waits, so that the metrics need no query of their own.</summary>
internal sealed class ParkedGauge(NpgsqlDataSource database, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private (long Count, double OldestSeconds) _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Telemetry.Gauges(() => _last);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var command = database.CreateCommand("select count(*), coalesce(extract(epoch from clock_timestamp() - min(parked_at)), 0)::float8 from parked");
                await using (var rows = await command.ExecuteReaderAsync(stoppingToken))
                    if (await rows.ReadAsync(stoppingToken)) _last = (rows.GetInt64(0), rows.GetDouble(1));
            }
            catch (Exception exception) when (Transient.Is(exception))
            {
                // The last figures stand until the database answers again; its own health check says that it does not.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
