using System.Globalization;
using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The advice: the ranking with its reasons first, then what it rests on.</summary>
public static class AdviceScreen
{
    public static IRenderable Of(AdviceReport advice)
    {
        var parts = new List<IRenderable>();
        foreach (var recommendation in advice.Recommendations) parts.AddRange([Recommended(recommendation), new Text("")]);
        if (advice.RepairFirst is { } repair) parts.AddRange([new Paragraph("Repair first: ", Styles.Waiting).Append(Shown.Safe(repair)), new Text("")]);
        foreach (var system in advice.Systems) parts.AddRange([Shown.Heading($"{Shown.Safe(system.System)}: {Shown.Many(system.Records, "record")}"), Fields(system), new Text("")]);
        if (advice.Places.Count > 0) parts.AddRange([Shown.Heading($"How records would be tied to {Shown.Safe(advice.Recommendations[0].Candidate.System)}"), Places(advice.Places), new Text("")]);
        if (advice.Claims.Count > 0) parts.AddRange([Shown.Heading("How child objects say whose they are"), Claims(advice.Claims), new Text("")]);
        parts.Add(new Text($"Counts are exact; how a field is made is told by at most {advice.SampleSize} of its values.", Styles.Quiet));
        return new Rows(parts);
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    private static Rows Recommended(Recommendation recommendation)
    {
        var (candidate, style) = (recommendation.Candidate, recommendation.Usable ? Styles.Good : Styles.Waiting);
        var lines = new List<IRenderable>
        {
            new Paragraph(string.Create(CultureInfo.InvariantCulture, $"{recommendation.Rank}. {Shown.Safe(candidate.System)} by {Shown.Safe(candidate.Field)}"), Styles.Heading)
                .Append(string.Create(CultureInfo.InvariantCulture, $"  {(recommendation.Usable ? "usable" : "not usable as it is")}, {recommendation.Points:0.#} points"), style),
        };
        lines.AddRange(recommendation.Reasons.Select(reason => Indented(reason)));
        lines.AddRange(recommendation.Repairs.Select(repair => Indented($"To repair: {repair}", Styles.Waiting)));
        return new Rows(lines);
    }

    private static Table Fields(SystemProfile system)
    {
        var table = Aligned.Of("FIELD", ">COVERAGE", ">UNIQUE", "TYPE", "MADE BY", "PATTERN", ">CHANGED");
        foreach (var field in system.Fields)
            table.AddRow(
                Shown.Cell(field.Field), new Text(Percent(field.Coverage)), new Text(Percent(field.Uniqueness)), new Text(field.Type), new Text(field.Making.By),
                Shown.Cell($"{field.Making.Pattern} {Percent(field.Making.PatternShare)}"), new Text(field.Observed == 0 ? "-" : $"{field.Changed} of {field.Observed}"));
        return table;
    }

    private static Table Places(IReadOnlyList<PlaceProfile> places)
    {
        var table = Aligned.Of("SYSTEM", "PLACE", ">TIED", ">NOT TIED", "");
        foreach (var place in places)
            table.AddRow(Shown.Cell(place.System), new Text(place.Place), Shown.Number(place.Tied), Shown.Number(place.NotTied), place.Best ? new Text("best", Styles.Good) : new Text(""));
        return table;
    }

    private static Table Claims(IReadOnlyList<ClaimProfile> claims)
    {
        var table = Aligned.Of("SOURCE", "TYPE", "CLAIM", ">OBJECTS", ">TIED");
        foreach (var claim in claims) table.AddRow(Shown.Cell(claim.Source), Shown.Cell(claim.ObjectType), new Text(claim.Kind), Shown.Number(claim.Objects), Shown.Number(claim.Tied));
        return table;
    }

    private static Padder Indented(string line, Style? style = null) => new(Shown.Cell(line, style), new Padding(2, 0, 0, 0));
}
