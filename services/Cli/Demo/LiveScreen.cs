using System.Globalization;
using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>The picture of the running flow, for a terminal of 80 columns and 40 rows or more; where few systems are read, 24 rows are enough. Pure.</summary>
public static class LiveScreen
{
    private const int MostReasons = 6;

    /// <param name="columns">Of the terminal.</param>
    public static IRenderable Of(Picture picture, Standing standing, int columns) => new Rows(
        Head(picture, standing), new Text(""), BarTable.Of([.. Bar.All(picture)], columns), new Text(""), Counters(picture), new Text(""), Places(picture), new Text(""), Ledger(picture), Open(picture, standing));

    private static Paragraph Head(Picture picture, Standing standing)
    {
        var head = new Paragraph("account pipeline", Styles.Heading).Append($"  {Clock(picture.Elapsed)}  {picture.Rate.ToString("0", CultureInfo.InvariantCulture)} messages a second  ", Styles.Quiet);
        return standing switch
        {
            { IsRight: true } => head.Append("settled", Styles.Good),
            { Settled: true } => head.Append("settled, but not as expected", Styles.Bad),
            _ => head.Append("running", Styles.Waiting),
        };
    }

    /// <summary>mm:ss</summary>
    public static string Clock(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalMinutes:00}:{elapsed.Seconds:00}");

    private static Grid Counters(Picture picture)
    {
        var (ledger, gatekeeper) = (picture.Ledger, picture.Status?.Gatekeeper);
        (string Name, long? Count, Style Style)[] counters =
        [
            ("received", ledger?.Received, Styles.Heading),
            ("accepted", ledger?.Accepted, Styles.Good),
            ("parked now", gatekeeper?.Parked, Styles.Waiting),
            ("released", gatekeeper?.Released, Styles.Good),
            ("dead-lettered", ledger?.DeadLettered, Styles.Bad),
            ("superseded", ledger?.Superseded, Style.Plain),
            ("duplicates", ledger?.Duplicates, Style.Plain),
        ];
        var grid = Columns(counters.Length);
        grid.AddRow([.. counters.Select(counter => counter.Count is { } count ? Shown.Number(count, counter.Style) : new Text("-", Styles.Quiet))]);
        grid.AddRow([.. counters.Select(counter => new Text(counter.Name, Styles.Quiet))]);
        return grid;
    }

    private static Grid Places(Picture picture)
    {
        var reasons = (picture.Status?.DeadLetters ?? new Dictionary<string, long>()).OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).ToList();
        var shown = reasons.Count <= MostReasons ? reasons : [.. reasons.Take(MostReasons - 1), new("others", reasons.Skip(MostReasons - 1).Sum(reason => reason.Value))];
        var grid = Columns(3);
        grid.AddRow(
            List("accounts", picture.Status?.SystemOfRecord?.States ?? new Dictionary<string, long>()),
            List("dead letters", shown),
            List("queues", picture.Status?.Queues.Where(queue => !queue.Key.EndsWith("_error", StringComparison.Ordinal) && !queue.Key.EndsWith("_skipped", StringComparison.Ordinal) || queue.Value > 0) ?? []));
        return grid;
    }

    private static Grid List(string heading, IEnumerable<KeyValuePair<string, long>> counts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Alignment = Justify.Right, NoWrap = true, Padding = new Padding(0) });
        grid.AddRow(Shown.Heading(heading), new Text(""));
        foreach (var (name, count) in counts) grid.AddRow(Shown.Cell(name), Shown.Number(count));
        return grid;
    }

    private static IRenderable Ledger(Picture picture) => picture.Ledger is not { } ledger ? new Text("the ledger has not yet answered", Styles.Quiet)
        : new Text(LedgerScreen.Line(ledger), ledger.Balanced ? Styles.Good : Styles.Bad);

    private static IRenderable Open(Picture picture, Standing standing)
    {
        if (picture.OutOfReach.Count > 0) return new Text($"waiting for what is out of reach, figures are the last known: {string.Join(", ", picture.OutOfReach)}", Styles.Bad);
        if (standing.Moving.Count == 0 && standing.Wrong.Count == 0) return new Text(standing.Settled ? "everything is where it must be" : "everything is where it must be; a moment to be sure", Styles.Quiet);
        var open = standing.Moving.Count > 0 ? standing.Moving : standing.Wrong;
        return new Text($"open: {open[0]}{(open.Count > 1 ? $", and {open.Count - 1} more" : "")}", Styles.Quiet);
    }

    private static Grid Columns(int count)
    {
        var grid = new Grid();
        for (var column = 1; column <= count; column++) grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, column < count ? 2 : 0, 0) });
        return grid;
    }
}
