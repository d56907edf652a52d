using Pipeline.Cli.Demo.Simulator;
using Pipeline.Cli.Screens;
using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>How far one feed is, or an outside publisher.</summary>
/// <param name="Of">Null where nobody says how much there is.</param>
public sealed record Bar(string System, string Feed, long Done, long? Of, string State)
{
    private const int Width = 24;

    public static IEnumerable<Bar> All(Picture picture)
    {
        foreach (var feed in picture.Status?.Feeds ?? [])
            yield return new Bar(feed.System, feed.Feed, feed.Read, Total(feed, picture.Simulator), feed.State.Replace('_', ' '));
        foreach (var (name, messages) in picture.Simulator?.Publishers ?? new Dictionary<string, Published>())
            if (messages.Total > 0) yield return new Bar(name, "messages", messages.Confirmed, messages.Total, messages.Confirmed < messages.Total ? "publishing" : "all sent");
    }

    /// <summary>A feed reads some rows again after each pass: there is no more than all.</summary>
    public string Count => Of is { } total ? $"{Math.Min(Done, total)} of {total}" : $"{Done}";

    public IRenderable Draw()
    {
        var share = Of is { } total and > 0 ? Math.Clamp((double)Done / total, 0, 1) : 0;
        var full = (int)Math.Floor(share * Width);
        var bar = new Paragraph(new string('━', full), full == Width ? Styles.Good : Styles.Waiting);
        return bar.Append(new string('─', Width - full), Styles.Faint);
    }

    /// <summary>The simulator's count where it has rows of that name, for it is known from the start; else what the vendor says.</summary>
    private static long? Total(FeedProgress feed, SimulatorProgress? simulator)
    {
        var rows = simulator?.Systems.GetValueOrDefault(feed.System) ?? [];
        return (rows.FirstOrDefault(row => row.Rows.Equals(feed.Feed, StringComparison.OrdinalIgnoreCase)) ?? (rows.Count == 1 ? rows[0] : null))?.Total ?? feed.Total;
    }
}
