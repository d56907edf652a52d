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
        var children = Children.Of(sizes.Of(100_000, 20_000), KnownAccounts);
        var once = Enumerable.Range(0, children.Count).Select(number => children.Message(number, version: 1)).ToList();
        var old = Enumerable.Range(0, children.Count).Where(number => number % OneOldIn == 0).Select(number => children.Message(number));
        Message[] thrice = [.. Enumerable.Repeat(once.Concat(old), 3).SelectMany(messages => messages)];
        new Random(20261124).Shuffle(thrice);

        var clean = await WorkOffAsync(peer, site, children, once);
        var repeated = await WorkOffAsync(peer, site, children, thrice);
        if (clean.State != repeated.State) throw new BenchmarkException("The state with repeats is another than the one without: the run does not count.");
        var (first, repeat) = (clean.Seconds / once.Count, (repeated.Seconds - clean.Seconds) / (thrice.Length - once.Count));
        return
        [
            new("throughput once", once.Count / clean.Seconds, "/s"), new("throughput with repeats", thrice.Length / repeated.Seconds, "/s"),
            new("cost of a repeat", repeat / first * 100, "% of a first"),
        ];
    }

    private static async Task<(double Seconds, long State)> WorkOffAsync(IPeer peer, Site site, Children children, IReadOnlyCollection<Message> messages)
    {
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(KnownAccounts));
        await stage.StopAsync();
        var seconds = messages.Count / await stage.WorkOffAsync(messages);
        await stage.CheckTablesAsync(children.Expected);
        return (seconds, await stage.World.Number(State));
    }
}
