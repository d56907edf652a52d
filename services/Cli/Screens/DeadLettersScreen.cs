using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>Dead letters, one a row; the newest first.</summary>
public static class DeadLettersScreen
{
    public static IRenderable Of(IReadOnlyList<DeadLetterLine> letters)
    {
        if (letters.Count == 0) return new Text("There are no dead letters.");
        var table = Aligned.Of("ID", "REASON", "OBJECT", "FIRST SEEN", ">TIMES", "WAITED FOR");
        foreach (var letter in letters)
            table.AddRow(
                new Text(letter.Id.ToString()), Shown.Cell(letter.Reason), Shown.Cell(ObjectOf(letter)), Shown.Time(letter.FirstSeen), Shown.Number(letter.Times), Shown.Cell(letter.WaitedFor));
        return table;
    }

    public static IRenderable Of(DeadLetterReport report)
    {
        var letter = report.Letter;
        var parts = new List<IRenderable>
        {
            new Text($"{letter.Id}: {Shown.Safe(letter.Reason)}, {Shown.Safe(letter.State)}", Styles.Heading),
            Shown.Cell(letter.Sentence),
            Facts(
                ("object", ObjectOf(letter)), ("account_id", letter.AccountId), ("from the queue", letter.SourceQueue), ("goes back to", GoesBackTo(report)), ("first seen", Time(letter.FirstSeen)), ("last seen", Time(report.LastSeen)),
                ("times", $"{letter.Times}{(report.Deaths > 1 ? $", given up {report.Deaths} times" : "")}"), ("waited for", letter.WaitedFor), ("message_id", report.MessageId), ("trace", report.TraceId), ("group", letter.Group.ToString()),
                ("fate", letter.Fate is null ? null : $"{letter.Fate}{(letter.FateDetail is null ? "" : $": {letter.FateDetail}")}"), ("is now", report.Successor?.ToString()),
                ("deleted for good", letter.PurgeAt is { } purge ? Time(purge) : null)),
        };
        foreach (var replay in report.Replays)
            parts.Add(Shown.Cell($"{replay.Kind} {replay.Operation} by {replay.Author} ({replay.Reason}): {replay.Fate ?? replay.State}{(replay.Edited ? ", changed on the way" : "")}"));
        return new Rows(parts);
    }

    private static string GoesBackTo(DeadLetterReport report) => (report.Replayable, report.Exchange) switch
    {
        (false, _) => "nowhere: it is no message",
        (_, "") => $"the queue {report.RoutingKey}",
        _ => $"the exchange {report.Exchange}",
    };

    private static string Time(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}";

    private static string ObjectOf(DeadLetterLine letter) => string.Join(' ', new[] { letter.Source, letter.ObjectType, letter.NativeId }.Where(part => !string.IsNullOrEmpty(part)));

    private static Grid Facts(params (string Name, string? Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
        foreach (var (name, value) in facts)
            if (!string.IsNullOrEmpty(value)) grid.AddRow(new Text(name, Styles.Quiet), Shown.Cell(value));
        return grid;
    }
}
