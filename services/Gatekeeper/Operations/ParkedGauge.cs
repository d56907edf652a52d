using Npgsql;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>Looks now and then at what waits, so that the metrics need no query of their own.</summary>
internal sealed class ParkedGauge : RepeatedWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly NpgsqlDataSource _database;
    private (long Count, double OldestSeconds) _last;

    public ParkedGauge(NpgsqlDataSource database, TimeProvider time, ILogger<ParkedGauge> log) : base(time, log)
    {
        _database = database;
        Telemetry.Gauges(() => _last);
    }

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await using var command = _database.CreateCommand("select count(*), coalesce(extract(epoch from clock_timestamp() - min(parked_at)), 0)::float8 from parked");
        await using var rows = await command.ExecuteReaderAsync(stopping);
        if (await rows.ReadAsync(stopping)) _last = (rows.GetInt64(0), rows.GetDouble(1));
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);
}
