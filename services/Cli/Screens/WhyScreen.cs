using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>Why an object is where it is: the sentence first, then what it rests on.</summary>
public static class WhyScreen
{
    public static IRenderable Of(WhyReport why)
    {
        var parts = new List<IRenderable>
        {
            new Text($"{Shown.Safe(why.Source)} {Shown.Safe(why.ObjectType)} {Shown.Safe(why.NativeId)}", Styles.Heading),
            Shown.Cell(why.Answer),
        };
        if (why.Places.Count > 0) parts.AddRange([new Text(""), Places(why.Places)]);
        if (why.Claims.Count > 0) parts.AddRange([new Text(""), Claims(why.Claims)]);
        if (why.NearMisses.Count > 0) parts.AddRange(NearMissLines.Of("What it waits for", why.NearMisses).Prepend(new Text("")).Concat(NearMissLines.Rules(why.NearMisses)));
        return new Rows(parts);
    }

    private static Table Places(IReadOnlyList<WhyPlace> places)
    {
        var table = Aligned.Of("VERSION OF", "PLACE", "DETAIL", "SINCE", "DEADLINE", "TRACE");
        foreach (var place in places)
            table.AddRow(
                Shown.Time(place.ObservedAt), Shown.Cell(place.Place), Shown.Cell(place.Detail), Shown.Time(place.At),
                place.Deadline is { } deadline ? Shown.Time(deadline) : new Text(""), Shown.Cell(place.TraceId));
        return table;
    }

    private static Table Claims(IReadOnlyList<WhyClaim> claims)
    {
        var table = Aligned.Of("CLAIM", "ANSWER NOW", "BY", "DECIDES");
        foreach (var claim in claims) table.AddRow(Shown.Cell(claim.Claim), Shown.Cell(claim.Answer), Shown.Cell(claim.Rule), Shown.Cell(claim.Decides ? "yes" : "no"));
        return table;
    }
}
