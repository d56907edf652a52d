using Npgsql;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>
/// Looks now and then at what waits, so that the metrics need no query of their own. It costs the same whatever waits: the number is
/// the ledger's, and the age that of the one whose time is up first, which is the oldest where all have the same time. Only where
/// somebody holds a transaction open, what is gone lies before it in the index, and must be passed by each time: then it looks less often.
/// </summary>
internal sealed class ParkedGauge : RepeatedWork
{
    public const string Look = """
        select (select coalesce(sum(parked), 0)::bigint from ledger),
            coalesce(extract(epoch from clock_timestamp() - (select parked_at from parked order by deadline limit 1)), 0)::float8
        """;

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
        await using var command = _database.CreateCommand(Look);
        await using var rows = await command.ExecuteReaderAsync(stopping);
        if (await rows.ReadAsync(stopping)) _last = (rows.GetInt64(0), rows.GetDouble(1));
    }

    protected override Task PauseAsync(CancellationToken stopping) => RestAsync(Interval, stopping);
}
