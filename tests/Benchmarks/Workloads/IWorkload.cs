using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>A question and how it is answered, on a site of its own.</summary>
internal interface IWorkload
{
    /// <summary>W1 to W10.</summary>
    string Name { get; }

    /// <summary>In a line.</summary>
    string Question { get; }

    /// <summary>The peers that the question is put to.</summary>
    IReadOnlyList<string> Peers { get; }

    /// <summary>Those that it is put to in the small form, which is to end soon.</summary>
    IReadOnlyList<string> PeersInSmall => [.. Peers.Where(peer => peer is "raw" or "pipeline")];

    /// <exception cref="BenchmarkException">The run does not count; the message says why.</exception>
    Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes);
}
