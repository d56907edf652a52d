using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The failures that letters come down to, with how many died in each of the last 24 hours.</summary>
public static class GroupsScreen
{
    private const string Levels = " ▁▂▃▄▅▆▇█";

    public static IRenderable Of(IReadOnlyList<DeadLetterGroup> groups)
    {
        if (groups.Count == 0) return new Text("There are no dead letters.");
        var table = Aligned.Of("GROUP", ">LETTERS", "LAST 24 HOURS", "REASON", "OF", "WHAT WAS SEEN", "LAST SEEN", "TRIAGE", "OWNER");
        foreach (var group in groups)
            table.AddRow(
                new Text(group.Key.ToString()), Shown.Number(group.Letters), new Text(Sparkline(group.Recent)), Shown.Cell(group.Reason), Shown.Cell(Shown.Named(group.Source, group.ObjectType)),
                Shown.Cell(group.Shape), Shown.Time(group.LastSeen), Shown.Cell(group.Quiet ? $"{group.Triage}, quiet" : group.Triage, group.Triage == "new" ? Style.Plain : Styles.Quiet), Shown.Cell(group.Owner));
        return table;
    }

    /// <summary>A bar an hour, the highest as high as a line is; an hour without any is blank.</summary>
    public static string Sparkline(IReadOnlyList<long> counts)
    {
        var highest = Math.Max(1, counts.DefaultIfEmpty().Max());
        return string.Concat(counts.Select(count => Levels[count == 0 ? 0 : 1 + (int)((count * (Levels.Length - 2)) / highest)]));
    }
}
