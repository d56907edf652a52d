using Pipeline.Cli.Demo.Simulator;
using Pipeline.Cli.Screens;
using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>How far one system has been read, or an outside publisher has sent. Pure.</summary>
/// <param name="Of">Null where nobody says how much there is.</param>
/// <param name="State">Of a system, that of the feed that is worst off; where feeds fail, they are named.</param>
public sealed record Bar(string Name, long Done, long? Of, string State, bool Fails = false)
{
    /// <summary>The worst first.</summary>
    private static readonly string[] States = ["failing", "paced", "starting", "reading", "caught_up"];

    /// <summary>The systems that are read in the order of their names, then the publishers.</summary>
    public static IEnumerable<Bar> All(Picture picture)
    {
        foreach (var system in (picture.Status?.Feeds ?? []).GroupBy(feed => feed.System).OrderBy(system => system.Key, StringComparer.Ordinal))
            yield return OfSystem(system.Key, [.. system], picture.Simulator?.Systems.GetValueOrDefault(system.Key) ?? []);
        foreach (var (name, sent) in picture.Simulator?.Publishers.OrderBy(publisher => publisher.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, Published>>())
            if (sent.Total > 0) yield return new Bar(name, sent.Confirmed, sent.Total, sent.Confirmed < sent.Total ? "publishing" : "all sent");
    }

    public string Count => Of is { } total ? $"{Done} of {total}" : $"{Done}";

    public IRenderable Draw(int width)
    {
        var share = Of is { } total and > 0 ? Math.Clamp((double)Done / total, 0, 1) : 0;
        var full = (int)Math.Floor(share * width);
        var bar = new Paragraph(new string('━', full), full == width ? Styles.Good : Styles.Waiting);
        return bar.Append(new string('─', width - full), Styles.Faint);
    }

    private static Bar OfSystem(string name, IReadOnlyList<FeedProgress> feeds, IReadOnlyList<RowCount> rows)
    {
        // A feed reads some rows again after each pass: of what it has there is no more than all, or one feed would hide what another lacks.
        var done = feeds.Sum(feed => TotalOf(feed, rows) is { } total ? Math.Min(feed.Read, total) : feed.Read);
        var all = rows.Count > 0 ? rows.Sum(row => row.Total) : feeds.All(feed => feed.Total is not null) ? feeds.Sum(feed => feed.Total) : null;
        var worst = feeds.MinBy(feed => Array.IndexOf(States, feed.State))!.State;
        var failing = feeds.Where(feed => feed.State == States[0]).Select(feed => feed.Feed).ToList();
        var state = failing.Count == 0 ? worst.Replace('_', ' ') : $"failing: {failing[0]}{(failing.Count > 1 ? $" and {failing.Count - 1} more" : "")}";
        return new Bar(name, all is { } most ? Math.Min(done, most) : done, all, state, failing.Count > 0);
    }

    /// <summary>The simulator's count where it has rows of that name, for it is known from the start; else what the vendor says.</summary>
    private static long? TotalOf(FeedProgress feed, IReadOnlyList<RowCount> rows) =>
        (rows.FirstOrDefault(row => Stem(row.Rows) == Stem(feed.Feed)) ?? (rows.Count == 1 ? rows[0] : null))?.Total ?? feed.Total;

    /// <summary>Feeds are called in the plural; a vendor's word for its rows may be in the singular and have capitals.</summary>
    private static string Stem(string name) => name.ToLowerInvariant().TrimEnd('s');
}
