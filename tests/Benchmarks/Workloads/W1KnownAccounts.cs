using System.Diagnostics;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>The everyday path: every account is known, and children only pass through.</summary>
internal sealed class W1KnownAccounts : IWorkload
{
    public string Name => "W1";

    public string Question => "all accounts known, 1 kB, Zipf over 20,000 accounts: messages a second, and latency at 50% and 80% of that";

    public IReadOnlyList<string> Peers => ["raw", "pipeline", "plain", "batch", "wolverine"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        var (count, accounts) = (sizes.Of(1_000_000, 60_000) / peer.OneOf, sizes.Of(20_000, 2_000));
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(accounts));
        await stage.StopAsync();

        var children = Children.Of(count, accounts);
        await stage.Generator.PublishAsync(children.Messages());
        await stage.StartAsync();
        List<Figure> figures = [.. await stage.DrainAsync(count)];
        await stage.CheckTablesAsync(children.Expected);
        await stage.CheckAnnouncementsAsync(count);
        figures.AddRange(await LatencyAsync(stage, children, accounts, sizes.Of(100_000, 20_000) / peer.OneOf, sizes.Of(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(8))));
        return figures;
    }

    /// <summary>
    /// At half and at four fifths of the most that it can do while somebody publishes and somebody listens on the same machine, who
    /// take their part of it; so that is measured first, and is less than what it drains.
    /// </summary>
    private static async Task<IReadOnlyList<Figure>> LatencyAsync(Stage stage, Children drained, int accounts, int count, TimeSpan time)
    {
        var (latency, expected, first) = ((Latency?)null, drained.Expected, drained.Count);
        await stage.Listener.ReadAsync((number, at) => latency?.Hear(number - first, at));
        var begun = Stopwatch.GetTimestamp();
        await RunAsync(count, double.PositiveInfinity);
        var most = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var figures = new List<Figure> { new("most beside publisher and listener", most, "/s") };
        foreach (var share in (double[])[0.5, 0.8])
        {
            await RunAsync((int)(most * share * time.TotalSeconds), most * share);
            figures.AddRange(latency!.Figures($"at {share * 100:0}%", from: latency.Heard / 10)); // the first tenth warms up
        }

        await stage.CheckTablesAsync(expected);
        var cost = await stage.StopAsync();
        figures.Add(new("allocated", (double)cost.Allocated / (first + latency!.Heard), "B/msg"));
        figures.Add(new("peak memory", cost.PeakMemory / 1048576.0, "MiB"));
        return figures;

        async Task RunAsync(int children, double perSecond)
        {
            first += latency?.Heard ?? 0;
            var load = Children.Of(children, accounts, first);
            latency = new Latency(load.Count);
            await stage.Generator.PublishAsync(load.Messages(), perSecond, latency.Due);
            await Eventually($"all {load.Count:N0} are announced", () => Task.FromResult(latency.Heard == load.Count), TimeSpan.FromMinutes(2));
            expected = expected.Concat(load.Expected);
        }
    }
}
