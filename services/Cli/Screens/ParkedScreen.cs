using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The keys that parked objects wait for, those with the most objects first.</summary>
public static class ParkedScreen
{
    public static IRenderable Of(IReadOnlyList<ParkedLine> lines)
    {
        if (lines.Count == 0) return new Text("Nothing is parked.");
        var table = Aligned.Of("WAITS FOR", "WHY", ">OBJECTS", ">OLDEST", "SOURCES");
        foreach (var line in lines)
            table.AddRow(Shown.Cell(line.Claim), Shown.Cell(line.Why), Shown.Number(line.Objects), Shown.Cell(Shown.Age(line.OldestSeconds)), Shown.Cell(string.Join(", ", line.Sources)));
        return table;
    }
}
