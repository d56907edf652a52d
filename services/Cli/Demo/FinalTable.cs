using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>The end state as a table. It holds no time and no count of messages, so that two runs that ended alike give the same text.</summary>
public static class FinalTable
{
    public static IRenderable Of(EndState end) => new Rows(
        Objects(end), new Text(""), Counts("ACCOUNTS", "STATE", end.Accounts), new Text(""), Counts("ACCOUNT RECORDS DEAD-LETTERED", "REASON", end.AccountRecords));

    private static Table Objects(EndState end)
    {
        var table = Aligned.Of("SOURCE", "OBJECT TYPE", ">ACCEPTED", ">PARKED", ">DEAD-LETTERED", "REASONS");
        foreach (var line in end.Objects)
            table.AddRow(
                Shown.Cell(line.Source), Shown.Cell(line.ObjectType), Shown.Number(line.Accepted), Shown.Number(line.Parked), Shown.Number(line.DeadLettered.Values.Sum()), Shown.Cell(Shown.Counts(line.DeadLettered)));
        table.AddRow(
            new Text("total", Styles.Heading), new Text(""), Total(end.Objects.Sum(line => line.Accepted)), Total(end.Objects.Sum(line => line.Parked)),
            Total(end.Objects.Sum(line => line.DeadLettered.Values.Sum())), new Text(""));
        return table;
    }

    private static Table Counts(string what, string by, IReadOnlyDictionary<string, long> counts)
    {
        var table = Aligned.Of($">{what}", by);
        foreach (var (name, count) in counts) table.AddRow(Shown.Number(count), Shown.Cell(name));
        return table;
    }

    private static Text Total(long count) => Shown.Number(count, Styles.Heading);
}
