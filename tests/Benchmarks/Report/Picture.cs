using ScottPlot;

namespace Pipeline.Benchmarks.Report;

/// <summary>Throughput and latency by peer, beside each other, for people who would rather look.</summary>
internal static class Picture
{
    private const int PanelWidth = 460;
    private const int Height = 340;
    private static readonly Color Ours = Color.FromHex("#1565c0");
    private static readonly Color Limit = Color.FromHex("#90a4ae");
    private static readonly Color Others = Color.FromHex("#cfd8dc");

    /// <param name="file">A PNG.</param>
    public static void Draw(IReadOnlyList<Summary> summaries, string file)
    {
        var panels = ((string Title, string Workload, string What)[])
        [
            ("W1: messages a second", "W1", "throughput"), ("W1: p99 at 50% of its own maximum, ms", "W1", "p99 at 50%"),
            ("W2: children let in a second", "W2", "throughput"), ("W2: admission to last child, p99, ms", "W2", "p99 admission to last child"),
            ("W9: accounts a second", "W9", "throughput"),
        ];
        var drawn = panels.Select(panel => (panel.Title, Bars: summaries.Where(summary => summary.Workload == panel.Workload && summary.What == panel.What && double.IsFinite(summary.Median)).OrderBy(summary => Rank(summary.Peer)).ThenBy(summary => summary.Peer, StringComparer.Ordinal).ToList())).Where(panel => panel.Bars.Count > 0).ToList();
        if (drawn.Count == 0) return;
        var multiplot = new Multiplot();
        multiplot.AddPlots(drawn.Count);
        multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: (drawn.Count + 1) / 2, columns: 2);
        for (var index = 0; index < drawn.Count; index++) Panel(multiplot.GetPlot(index), drawn[index].Title, drawn[index].Bars);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        multiplot.SavePng(file, PanelWidth * 2, Height * ((drawn.Count + 1) / 2));
    }

    private static void Panel(Plot plot, string title, IReadOnlyList<Summary> bars)
    {
        for (var at = 0; at < bars.Count; at++)
        {
            var bar = plot.Add.Bar(position: at, value: bars[at].Median);
            bar.Color = bars[at].Peer switch { "pipeline" => Ours, "raw" => Limit, _ => Others };
            bar.Bars[0].Error = (bars[at].Most - bars[at].Least) / 2;
            bar.Bars[0].Label = bars[at].Median.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. bars.Select((bar, at) => new Tick(at, bar.Peer.Replace("pipeline:", "× ", StringComparison.Ordinal)))]); // so many processes of it; in full it would not stand beside its neighbours
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Margins(bottom: 0, top: 0.2);
        plot.HideGrid();
        plot.Title(title, size: 14);
    }

    /// <summary>Where a peer stands: the limit, ourselves, the others.</summary>
    public static int Rank(string peer) => peer.Split(':')[0] switch { "raw" => 0, "pipeline" => 1, "wolverine" => 2, "batch" => 3, _ => 4 };
}
