using System.Globalization;
using Pipeline.Benchmarks.Measuring;
using Spectre.Console;

namespace Pipeline.Benchmarks.Report;

/// <summary>All figures for people: the median of the repeats with the least and the most, and what share of raw that is.</summary>
internal static class FigureTable
{
    public static void Write(IReadOnlyList<Summary> summaries, IAnsiConsole console)
    {
        foreach (var workload in summaries.GroupBy(summary => summary.Workload).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var peers = workload.Select(summary => summary.Peer).Distinct().ToList();
            var table = new Spectre.Console.Table().Title(workload.Key).AddColumn("");
            foreach (var peer in peers) table.AddColumn(peer, column => column.RightAligned());
            foreach (var figure in workload.Select(summary => (summary.What, summary.Unit)).Distinct())
                table.AddRow([$"{figure.What}, {figure.Unit}", .. peers.Select(peer => Cell(workload.SingleOrDefault(summary => summary.Peer == peer && summary.What == figure.What)))]);
            console.Write(table);
        }
    }

    /// <param name="newLine">Before the least and the most.</param>
    public static string Cell(Summary? summary, string newLine = "\n") => summary is null ? "" : summary.Runs == 1 ? $"{Number(summary.Median)}{Share(summary)}"
        : $"{Number(summary.Median)}{Share(summary)}{newLine}{Number(summary.Least)} … {Number(summary.Most)}";

    private static string Share(Summary summary) => summary.OfRaw is { } share and not 1 ? $" ({share.ToString("0%", CultureInfo.InvariantCulture)})" : "";

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : value >= 1 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
