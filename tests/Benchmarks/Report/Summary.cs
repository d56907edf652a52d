using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Report;

/// <summary>One figure over the repeats that count.</summary>
/// <param name="OfRaw">The median as a share of raw's in the same session; null where raw was not asked.</param>
internal sealed record Summary(string Workload, string Peer, string What, string Unit, int Runs, double Median, double Least, double Most, double? OfRaw)
{
    public static IReadOnlyList<Summary> Of(IReadOnlyList<Run> runs)
    {
        var all = runs.Where(run => run.Failure is null).SelectMany(run => run.Figures.Select(figure => (run, figure)))
            .GroupBy(one => (one.run.Workload, one.run.Peer, one.figure.What, one.figure.Unit))
            .Select(group => Of(group.Key, [.. group.Select(one => one.figure.Value).Order()])).ToList();
        return [.. all.Select(summary => summary with { OfRaw = all.SingleOrDefault(other => other.Peer == "raw" && other.Workload == summary.Workload && other.What == summary.What) is { Median: > 0 } raw ? summary.Median / raw.Median : null })];
    }

    private static Summary Of((string Workload, string Peer, string What, string Unit) key, double[] values) =>
        new(key.Workload, key.Peer, key.What, key.Unit, values.Length, (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2, values[0], values[^1], null);
}
