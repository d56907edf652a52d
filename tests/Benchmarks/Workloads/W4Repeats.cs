using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>Every message three times, in any order, some of them old: the same end, and what a repeat costs.</summary>
internal sealed class W4Repeats : IWorkload
{
    private const int KnownAccounts = 20_000;

    /// <summary>Of every so many children one has an older version too, which comes as often.</summary>
    private const int OneOldIn = 20;

    private const string State = "select hashtextextended(string_agg(native_id || '>' || account_id || '@' || observed_at::text, ',' order by native_id), 0) from gatekeeper.objects";

    public string Name => "W4";

    public string Question => "every message three times, reordered, one in twenty with an older version: the same state as without, and what a repeat costs";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        var children = Children.Of(sizes.Of(100_000, 40_000), KnownAccounts);
        var once = Enumerable.Range(0, children.Count).Select(number => children.Message(number, version: 1)).ToList();
        var old = Enumerable.Range(0, children.Count).Where(number => number % OneOldIn == 0).Select(number => children.Message(number));
        Message[] thrice = [.. Enumerable.Repeat(once.Concat(old), 3).SelectMany(messages => messages)];
        new Random(20261124).Shuffle(thrice);

        var clean = await WorkOffAsync(peer, site, children, once);
        var repeated = await WorkOffAsync(peer, site, children, thrice);
        if (clean.State != repeated.State) throw new BenchmarkException("The state with repeats is another than the one without: the run does not count.");
        var (first, repeat) = (1 / clean.Of("throughput"), OfARepeat(cost => 1 / cost.Of("throughput")));
        return
        [
            new("throughput once", clean.Of("throughput"), "/s"), new("throughput with repeats", repeated.Of("throughput"), "/s"), new("cost of a repeat", repeat / first * 100, "% of a first"),
            .. clean.Figures.Where(figure => figure.Unit == Figures.CpuTime).SelectMany(figure => (Figure[])
                [figure with { What = $"{figure.What}, a first" }, new($"{figure.What}, a repeat", OfARepeat(cost => cost.Of(figure.What)), Figures.CpuTime)]),
        ];

        // Of three that come one is a first.
        double OfARepeat(Func<Worked, double> cost) => ((cost(repeated) * thrice.Length) - (cost(clean) * once.Count)) / (thrice.Length - once.Count);
    }

    private static async Task<Worked> WorkOffAsync(IPeer peer, Site site, Children children, IReadOnlyCollection<Message> messages)
    {
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(KnownAccounts));
        await stage.StopAsync();
        var warm = Children.Of(KnownAccounts, KnownAccounts, children.Count);
        var figures = await stage.WorkOffAsync(messages, [.. warm.Messages()]);
        await stage.CheckTablesAsync(children.Expected.Concat(warm.Expected));
        return new Worked(figures, await stage.World.Number(State));
    }

    private sealed record Worked(IReadOnlyList<Figure> Figures, long State)
    {
        public double Of(string what) => Figures.Of(what);
    }
}
