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
        var table = Aligned.Of("ID", "REASON", "OBJECT", "FIRST SEEN", ">TIMES", "WAITED FOR", "ACCOUNT NOW");
        foreach (var letter in letters)
            table.AddRow(
                new Text(letter.Id.ToString()), Shown.Cell(letter.Reason), Shown.Cell(Shown.Named(letter.Source, letter.ObjectType, letter.NativeId)), Shown.Time(letter.FirstSeen), Shown.Number(letter.Times), Shown.Cell(letter.WaitedFor), Shown.Cell(letter.Answer, Styles.Good));
        return table;
    }

    public static IRenderable Of(DeadLetterReport report)
    {
        var letter = report.Letter;
        var parts = new List<IRenderable>
        {
            new Text($"{letter.Id}: {Shown.Safe(letter.Reason)}, {Shown.Safe(letter.State)}", Styles.Heading),
            Shown.Cell(letter.Sentence),
            Aligned.Facts(
                ("object", Shown.Named(letter.Source, letter.ObjectType, letter.NativeId)), ("account_id", letter.AccountId), ("from the queue", letter.SourceQueue), ("goes back to", GoesBackTo(report)), ("first seen", Shown.Moment(letter.FirstSeen)), ("last seen", Shown.Moment(report.LastSeen)),
                ("times", $"{letter.Times}{(report.Deaths > 1 ? $", given up {report.Deaths} times" : "")}"), ("waited for", letter.WaitedFor), ("account now", letter.Answer is null ? null : $"{letter.Answer}: a replay would let it in"), ("message_id", report.MessageId), ("trace", report.TraceId), ("group", letter.Group.ToString()),
                ("fate", letter.Fate is null ? null : $"{letter.Fate}{(letter.FateDetail is null ? "" : $": {letter.FateDetail}")}"), ("is now", report.Successor?.ToString()),
                ("deleted for good", letter.PurgeAt is { } purge ? Shown.Moment(purge) : null)),
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
}
