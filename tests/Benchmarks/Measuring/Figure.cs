namespace Pipeline.Benchmarks.Measuring;

/// <summary>One number that a run gave.</summary>
/// <param name="What">Lower case, with its unit apart: <c>throughput</c>, <c>p99 at 50%</c>.</param>
/// <param name="Unit"><c>/s</c>, <c>ms</c>, <c>s</c>, <c>B</c>, <c>cpu s/10k</c>, <c>%</c>.</param>
internal sealed record Figure(string What, double Value, string Unit);

internal static class Figures
{
    /// <summary>The unit of processor time: seconds for ten thousand messages.</summary>
    public const string CpuTime = "cpu s/10k";

    /// <summary>The value of the figure of this name.</summary>
    public static double Of(this IEnumerable<Figure> figures, string what) => figures.Single(figure => figure.What == what).Value;
}

/// <summary>What one run of one workload by one peer gave.</summary>
/// <param name="Failure">Why the run does not count; null where it does.</param>
internal sealed record Run(string Workload, string Peer, int Repeat, IReadOnlyList<Figure> Figures, string? Failure);
