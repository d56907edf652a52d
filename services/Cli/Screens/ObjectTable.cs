using Pipeline.Contracts.Operations;
using Spectre.Console;

namespace Pipeline.Cli.Screens;

/// <summary>Where the objects are, a row a source and type; below it the reasons of its dead letters, a row each, so that it fits 80 columns.</summary>
public static class ObjectTable
{
    /// <param name="grouped">Whether a source is named on its first row alone: easier for the eye, of no use to grep.</param>
    public static Table Of(IEnumerable<ObjectLine> objects, bool grouped = false)
    {
        var lines = objects.OrderBy(line => line.Source, StringComparer.Ordinal).ThenBy(line => line.ObjectType, StringComparer.Ordinal).ToList();
        var table = Aligned.Of("SOURCE", "OBJECT TYPE", ">ACCEPTED", ">PARKED", ">DEAD-LETTERED");
        foreach (var (index, line) in lines.Index())
        {
            var named = grouped && index > 0 && lines[index - 1].Source == line.Source ? "" : line.Source;
            table.AddRow(Shown.Cell(named), Shown.Cell(line.ObjectType), Shown.Number(line.Accepted), Shown.Number(line.Parked), Shown.Number(line.DeadLettered.Values.Sum()));
            foreach (var (reason, count) in line.DeadLettered.Where(reason => reason.Value != 0).OrderBy(reason => reason.Key, StringComparer.Ordinal))
                table.AddRow(new Text(""), Shown.Cell($"  {reason}", Styles.Quiet), new Text(""), new Text(""), Shown.Number(count, Styles.Quiet));
        }

        return table.AddRow(new Text("total", Styles.Heading), new Text(""), Total(lines.Sum(line => line.Accepted)), Total(lines.Sum(line => line.Parked)), Total(lines.Sum(line => line.DeadLettered.Values.Sum())));
    }

    private static Text Total(long count) => Shown.Number(count, Styles.Heading);
}
