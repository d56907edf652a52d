using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>What the pipeline is for: children that are there before their account.</summary>
internal sealed class W2ChildrenFirst : IWorkload
{
    /// <summary>Accounts admitted a second while latency is measured; each has ten children on average.</summary>
    private const int Pace = 100;

    public string Name => "W2";

    public string Question => "children first, then their accounts in random order: how fast they are let in, and how long after the admission the last one is";

    public IReadOnlyList<string> Peers => ["raw", "pipeline", "plain", "batch", "wolverine"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        var (count, accounts) = (sizes.Of(200_000, 20_000) / peer.OneOf, sizes.Of(20_000, 2_000) / peer.OneOf);
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        var children = Children.Of(count, accounts);
        await stage.Generator.PublishAsync(children.Messages());
        await stage.UntilAsync(peer.Parked, count);
        var publishing = stage.Generator.PublishAsync(Accounts.Admissions(Accounts.Shuffled(accounts)));
        var figures = new List<Figure>(await stage.DrainAsync(count));
        await publishing;
        await stage.CheckTablesAsync(children.Expected);
        await stage.CheckAnnouncementsAsync(count);
        figures.AddRange(await LatencyAsync(stage, children, accounts, sizes.Of(2_000, 1_000) / peer.OneOf));
        return figures;
    }

    /// <summary>From when an account's admission was due until the last of its children was heard of: the way over the broker both times.</summary>
    private static async Task<IEnumerable<Figure>> LatencyAsync(Stage stage, Children before, int firstAccount, int accounts)
    {
        var children = Children.Of(accounts * 10, accounts, before.Count, firstAccount);
        var left = Enumerable.Range(children.First, children.Count).GroupBy(children.AccountOf).ToDictionary(group => group.Key, group => group.Count());
        int[] order = [.. left.Keys];
        new Random(1).Shuffle(order);
        var place = order.Index().ToDictionary(one => one.Item, one => one.Index);
        var latency = new Latency(order.Length);
        await stage.Generator.PublishAsync(children.Messages());
        await stage.UntilAsync(stage.Peer.Parked, children.Count);
        await stage.Listener.ReadAsync((number, at) =>
        {
            if (number < children.First) return;
            var account = children.AccountOf(number);
            if (--left[account] == 0) latency.Hear(place[account], at);
        });
        await stage.ProfiledAsync(children.Count, async () =>
        {
            await stage.Generator.PublishAsync(order.Select(Accounts.Admission), Pace, latency.Due);
            return await Eventually("every child is announced", () => Task.FromResult(latency.Heard), heard => heard == order.Length, TimeSpan.FromMinutes(2));
        });
        await stage.CheckTablesAsync(before.Expected.Concat(children.Expected));
        return latency.Figures("admission to last child", from: order.Length / 4); // the first quarter warms up
    }
}
