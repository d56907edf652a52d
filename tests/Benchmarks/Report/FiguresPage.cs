using System.Globalization;
using System.Text;

namespace Pipeline.Benchmarks.Report;

/// <summary>The figures of some sessions as a page of Markdown, each workload as its newest session has it, with what it ran on.</summary>
internal static class FiguresPage
{
    /// <param name="sessions">Oldest first.</param>
    /// <param name="picture">Its name as the page has it.</param>
    public static string Of(IReadOnlyList<BenchmarkResults> sessions, string picture)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Figures

            Written by `make bench` (`infra/scripts/bench report`); what they mean and how honest they are is in [benchmark.md](benchmark.md). Where a figure was measured more than once, it is the median, with the least and the most. In brackets: the share of raw in the same session. Figures of different machines, or days, are not comparable; ratios are.

            ![Throughput and latency by peer]({picture})

            """);
        foreach (var (workload, session) in Newest(sessions)) Add(page, workload, session);
        return page.ToString();
    }

    /// <summary>Each workload's newest session.</summary>
    public static IEnumerable<(string Workload, BenchmarkResults Session)> Newest(IReadOnlyList<BenchmarkResults> sessions)
    {
        var having = sessions.SelectMany(session => session.Summaries.Select(summary => summary.Workload).Distinct().Select(workload => (Workload: workload, Session: session))).ToLookup(one => one.Workload);
        return Workloads.AllWorkloads.List.Where(workload => having.Contains(workload.Name)).Select(workload => having[workload.Name].MaxBy(one => one.Session.At));
    }

    private static void Add(StringBuilder page, string workload, BenchmarkResults session)
    {
        var figures = session.Summaries.Where(summary => summary.Workload == workload).ToList();
        var peers = figures.Select(figure => figure.Peer).Distinct().OrderBy(Picture.Rank).ThenBy(peer => peer, StringComparer.Ordinal).ToList();
        var on = session.Surroundings;
        page.Append(CultureInfo.InvariantCulture, $"""

            ## {workload}: {Workloads.AllWorkloads.Named(workload).Question}

            {session.At:yyyy-MM-dd}, {session.Form} form; {on.Processors} processors, {on.MemoryMebibytes / 1024} GiB, {on.CommitsPerSecond:N0} commits a second by one connection; RabbitMQ {on.RabbitMq}, PostgreSQL {on.PostgreSql}, {on.Runtime}.

            | | {string.Join(" | ", peers)} |
            | --- |{string.Concat(peers.Select(_ => " ---: |"))}

            """);
        foreach (var (what, unit) in figures.Select(figure => (figure.What, figure.Unit)).Distinct())
            page.AppendLine(CultureInfo.InvariantCulture, $"| {what}, {unit} | {string.Join(" | ", peers.Select(peer => FigureTable.Cell(figures.SingleOrDefault(figure => figure.Peer == peer && figure.What == what), "<br>")))} |");
        foreach (var failed in session.Runs.Where(run => run.Workload == workload && run.Failure is not null))
            page.AppendLine(CultureInfo.InvariantCulture, $"\nOne run of {failed.Peer} does not count: {failed.Failure!.ReplaceLineEndings(" ")}");
    }
}
