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

    public static IRenderable Of(DeadLetterLine letter) => new Rows(
        new Text($"{letter.Id}: {Shown.Safe(letter.Reason)}", Styles.Heading),
        Shown.Cell(letter.Sentence),
        Facts(("object", ObjectOf(letter)), ("from the queue", letter.SourceQueue), ("first seen", $"{letter.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}"), ("times", $"{letter.Times}"), ("waited for", letter.WaitedFor)));

    private static string ObjectOf(DeadLetterLine letter) => string.Join(' ', new[] { letter.Source, letter.ObjectType, letter.NativeId }.Where(part => !string.IsNullOrEmpty(part)));

    private static Grid Facts(params (string Name, string? Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
        foreach (var (name, value) in facts)
            if (!string.IsNullOrEmpty(value)) grid.AddRow(new Text(name, Styles.Quiet), Shown.Cell(value));
        return grid;
    }
}
