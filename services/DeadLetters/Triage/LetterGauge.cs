using System.Diagnostics.Metrics;
using Npgsql;
using Pipeline.Hosting;

namespace Pipeline.DeadLetters.Triage;

/// <summary>
/// Counts now and then what is open, for whoever watches: <c>pipeline.dead_letters.open</c>, by reason and whether its group is quiet. An
/// alarm on what is not quiet leaves alone what people know.
/// </summary>
internal sealed class LetterGauge : RepeatedWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly Meter Meter = new("Pipeline.DeadLetters");
    private readonly NpgsqlDataSource _database;
    private IReadOnlyList<Measurement<long>> _last = [];

    public LetterGauge(NpgsqlDataSource database, TimeProvider time, ILogger<LetterGauge> log) : base(time, log)
    {
        _database = database;
        Meter.CreateObservableGauge("pipeline.dead_letters.open", () => _last, "{letter}", "Dead letters that wait for somebody");
    }

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await using var command = _database.CreateCommand("select l.reason, coalesce(g.quiet, false), count(*) from letters l left join letter_groups g using (group_key) where l.state = 'open' group by 1, 2");
        await using var rows = await command.ExecuteReaderAsync(stopping);
        var counts = new List<Measurement<long>>();
        while (await rows.ReadAsync(stopping)) counts.Add(new(rows.GetInt64(2), new("reason", rows.GetString(0)), new("quiet", rows.GetBoolean(1))));
        _last = counts;
    }

    protected override Task PauseAsync(CancellationToken stopping) => RestAsync(Interval, stopping);
}
