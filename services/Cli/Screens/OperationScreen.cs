using System.Globalization;
using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>Operations: what is ordered, how far it is, what became of the letters.</summary>
public static class OperationScreen
{
    /// <summary>One line while it runs.</summary>
    public static string Line(OperationReport report) =>
        $"{report.Kind}: {report.Sent} of {report.Letters} sent, {report.Undecided} undecided; {Shown.Counts(report.Fates)}{(report.SecondsLeft is { } left ? $"; {Shown.Age(left)} left" : "")}";

    public static IRenderable Of(OperationReport report) => new Rows(
        new Text($"{report.Id}: {report.Kind} of {Shown.Many(report.Letters, "letter")}, {report.State}", Styles.Heading),
        Aligned.Facts(
            ("ordered by", $"{report.Author}: {report.Reason}"), ("which", report.Query is { Length: 0 } ? "all" : report.Query ?? "named"),
            ("to", report.Exchange is null ? null : $"{report.Exchange} {report.RoutingKey}"), ("changed on the way", report.Repaired ? "yes" : null),
            ("asked at", Shown.Moment(report.AskedAt)), ("ended at", report.EndedAt is { } ended ? Shown.Moment(ended) : null),
            ("sent", report.Kind == "replay" ? $"{report.Sent}, {report.Waiting} wait, {report.Undecided} undecided" : null),
            ("became", Shown.Counts(report.Fates) is { Length: > 0 } fates ? fates : null), ("time left", report.SecondsLeft is { } left ? Shown.Age(left) : null), ("why", report.Why)));

    public static IRenderable Of(IReadOnlyList<OperationReport> reports)
    {
        if (reports.Count == 0) return new Text("Nothing was ordered yet.");
        var table = Aligned.Of("ID", "KIND", "STATE", ">LETTERS", ">SENT", "BECAME", "BY", "ASKED AT", "REASON");
        foreach (var report in reports)
            table.AddRow(
                new Text(report.Id.ToString()), new Text(report.Kind), Shown.Cell(report.State), Shown.Number(report.Letters), Shown.Number(report.Sent), new Text(Shown.Counts(report.Fates)), Shown.Cell(report.Author),
                Shown.Time(report.AskedAt), Shown.Cell(report.Reason));
        return table;
    }

    public static IRenderable Of(OperationLetterPage page)
    {
        if (page.Letters.Count == 0) return new Text("There are none.");
        var table = Aligned.Of(">POSITION", "LETTER", "OBJECT", "STATE", "FATE", "DETAIL");
        foreach (var letter in page.Letters)
            table.AddRow(
                Shown.Number(letter.Position), new Text(letter.Letter.ToString()), Shown.Cell(Shown.Named(letter.Source, letter.ObjectType, letter.NativeId)),
                Shown.Cell(letter.State), Shown.Cell(letter.Fate), Shown.Cell(letter.Detail));
        return page.Next is { } next ? new Rows(table, new Text($"There are more: --after {next}")) : table;
    }

    public static IRenderable Of(OperationPreview preview)
    {
        var parts = new List<IRenderable>
        {
            new Text($"{Shown.Many(preview.Able, "letter")} of {preview.Matching} would be acted on; nothing was changed", Styles.Heading),
            Aligned.Facts(
                ("reasons", Shown.Counts(preview.Reasons)), ("sources", Shown.Counts(preview.Sources)), ("left alone", Shown.Counts(preview.Unable)),
                ("takes", preview.Seconds > 0 ? $"{Shown.Age(preview.Seconds)} at its pace" : null), ("still invalid", Shown.Counts(preview.StillInvalid))),
        };
        foreach (var sample in preview.Samples)
        {
            parts.Add(new Text(""));
            parts.Add(new Text($"{sample.Letter}", Styles.Heading));
            if (sample.After != sample.Before) parts.Add(new Text($"- {Shown.Safe(sample.Before)}", Styles.Bad));
            if (sample.After is { } after) parts.Add(new Text($"{(sample.After == sample.Before ? " " : "+")} {Shown.Safe(after)}", sample.After == sample.Before ? Style.Plain : Styles.Good));
            if (sample.Flaw is { } flaw) parts.Add(new Text($"! {Shown.Safe(flaw)}", Styles.Waiting));
        }

        return new Rows(parts);
    }
}
