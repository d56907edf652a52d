using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Benchmarks.Report;
using Pipeline.Benchmarks.Workloads;
using Spectre.Console;

namespace Pipeline.Benchmarks;

/// <summary>Runs every chosen cell as often as is asked, each on a site of its own, in random order, so that what changes on the machine meanwhile hits no peer more than another.</summary>
internal sealed class Session(IReadOnlyList<(IWorkload Workload, IPeer Peer)> cells, int repeats, Sizes sizes, bool profiled, string file, TimeProvider time, IAnsiConsole console)
{
    private readonly List<Run> _runs = [];
    private Surroundings? _surroundings;

    public async Task<BenchmarkResults> RunAsync()
    {
        var begun = time.GetTimestamp();
        var total = cells.Count * repeats;
        for (var repeat = 1; repeat <= repeats; repeat++)
        {
            (IWorkload Workload, IPeer Peer)[] order = [.. cells];
            Random.Shared.Shuffle(order);
            foreach (var (workload, peer) in order)
            {
                console.MarkupLineInterpolated($"[grey]{time.GetElapsedTime(begun):h\\:mm\\:ss}[/] {_runs.Count + 1} of {total}: {workload.Name} {peer.Name}");
                var run = await OneAsync(workload, peer, repeat);
                _runs.Add(run);
                if (run.Failure is not null) console.MarkupLineInterpolated($"  [red]does not count:[/] {run.Failure}");
                else console.MarkupLineInterpolated($"  {string.Join(", ", run.Figures.Take(4).Select(figure => $"{figure.What} {figure.Value:N1} {figure.Unit}"))}");
                if (_surroundings is not null) Now().Write(file);
            }
        }

        return Now();
    }

    private BenchmarkResults Now() => new(time.GetUtcNow(), sizes.Small ? "small" : "full", _surroundings!, Summary.Of(_runs), _runs);

    private async Task<Run> OneAsync(IWorkload workload, IPeer peer, int repeat)
    {
        await using var site = await Site.StartAsync(profiled);
        _surroundings ??= await Surroundings.OfAsync(site);
        try
        {
            return new Run(workload.Name, peer.Name, repeat, await workload.RunAsync(peer, site, sizes), null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it failed on: the run has no figures, and the others go on.
            return new Run(workload.Name, peer.Name, repeat, [], exception is BenchmarkException ? exception.Message : exception.ToString());
        }
    }
}
