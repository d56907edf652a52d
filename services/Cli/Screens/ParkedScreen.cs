using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The board of missing keys: what objects wait for, those with the most objects first, and below it what is spelled nearly so.</summary>
public static class ParkedScreen
{
    /// <summary>So many fit beside the rest on an ordinary screen; <c>--json</c> has all.</summary>
    private const int MostSources = 3;

    public static IRenderable Of(IReadOnlyList<ParkedLine> lines)
    {
        if (lines.Count == 0) return new Text("Nothing is parked.");
        var table = Aligned.Of("WAITS FOR", "WHY", ">OBJECTS", ">DEAD", ">OLDEST", "SOURCES", "NEAR");
        foreach (var line in lines)
            table.AddRow(
                Shown.Cell(Visible.Text(line.Claim)), Shown.Cell(Why(line)), Shown.Number(line.Objects), Shown.Number(line.Dead), Shown.Cell(line.Objects > 0 ? Shown.Age(line.OldestSeconds) : ""),
                Shown.Cell(Sources(line.Sources)), Shown.Cell(line.IsNullWord ? "says nothing" : line.NearMisses.Count > 0 ? $"{line.NearMisses.Count}" : ""));
        var parts = new List<IRenderable> { table };
        foreach (var line in lines.Where(line => line.IsNullWord || line.NearMisses.Count > 0))
        {
            parts.Add(new Text(""));
            parts.AddRange(NearMissLines.Of(Visible.Text(line.Claim), line.NearMisses));
            if (line.IsNullWord) parts.Add(NearMissLines.NullWord(line));
        }

        parts.AddRange(NearMissLines.Rules(lines.SelectMany(line => line.NearMisses)));
        return new Rows(parts);
    }

    private static string Sources(IReadOnlyList<string> sources) =>
        sources.Count <= MostSources ? string.Join(", ", sources) : $"{string.Join(", ", sources.Take(MostSources))} and {sources.Count - MostSources} more";

    private static string Why(ParkedLine line) => line.Standing is { } standing && line.Why.Contains("not_admitted") ? $"account {standing}" : string.Join(", ", line.Why);
}
