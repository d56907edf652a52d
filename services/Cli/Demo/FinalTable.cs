using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>The end state as a table. It holds no time and no count of messages, so that two runs that ended alike give the same text.</summary>
public static class FinalTable
{
    public static IRenderable Of(EndState end) => new Rows(
        ObjectTable.Of(end.Objects, grouped: true), new Text(""), Counts("ACCOUNTS", "STATE", end.Accounts), new Text(""), Counts("ACCOUNT RECORDS DEAD-LETTERED", "REASON", end.AccountRecords));

    private static Table Counts(string what, string by, IReadOnlyDictionary<string, long> counts)
    {
        var table = Aligned.Of($">{what}", by);
        foreach (var (name, count) in counts) table.AddRow(Shown.Number(count), Shown.Cell(name));
        return table;
    }
}
