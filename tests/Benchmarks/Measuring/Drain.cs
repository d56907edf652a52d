using System.Diagnostics;
using Pipeline.Benchmarks.Machine;
using Pipeline.TestKit;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>
/// How fast a full queue is worked off: from a quarter of it to the last message. In the first quarter a .NET process compiles
/// what it runs, for seconds and whatever its code is like; a service that runs for weeks does so once.
/// </summary>
/// <param name="done">How many are done so far.</param>
internal sealed class Drain(World world, Site site, IReadOnlyList<ProcessTree> peers, Func<Task<long>> done)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="total">How many are to be done.</param>
    /// <param name="from">How many are done when the clock starts; a quarter where nothing is said.</param>
    /// <exception cref="BenchmarkException">They are not.</exception>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(long total, long? from = null)
    {
        var begin = await UntilAsync(from ?? total / 4);
        var (app, broker, database, wal) = (Seconds(peers), Seconds([site.BrokerTime]), Seconds([site.DatabaseTime]), await WalAsync());
        var end = await UntilAsync(total);
        var measured = (double)(total - begin.Done);
        var seconds = Stopwatch.GetElapsedTime(begin.At, end.At).TotalSeconds;
        List<Figure> figures = [new("throughput", measured / seconds, "/s"), new("wal", (await WalAsync() - wal) / measured, "B/msg")];
        AddTime("application", app, peers);
        AddTime("broker", broker, [site.BrokerTime]);
        AddTime("database", database, [site.DatabaseTime]);
        return figures;

        void AddTime(string what, double? before, IReadOnlyList<ProcessTree> processes)
        {
            if (before is not null && Seconds(processes) is { } after) figures.Add(new(what, (after - before.Value) / measured * 10_000, Figures.CpuTime));
        }
    }

    /// <returns>Null where one of them cannot be known.</returns>
    private static double? Seconds(IEnumerable<ProcessTree> processes) => processes.Aggregate((double?)0, (sum, process) => sum + process.Seconds());

    private async Task<(long At, long Done)> UntilAsync(long wanted)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var count = await done();
            if (count >= wanted) return (Stopwatch.GetTimestamp(), count);
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new BenchmarkException($"After {Patience.TotalMinutes:0} minutes {count:N0} of {wanted:N0} are done.");
            await Task.Delay(Step, TimeProvider.System);
        }
    }

    private Task<long> WalAsync() => world.Number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
}
