using System.Globalization;
using System.Security;
using System.Text;
using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>
/// A screen as an SVG of text, readable on light and on dark pages. Spectre exports text and HTML, not SVG. Each piece of text
/// is set at its column with its exact width, so that columns stay aligned whatever font is there. Pure.
/// </summary>
public static class SvgPicture
{
    public const int Columns = 120;
    private const double Cell = 8.4;
    private const int LineHeight = 20;
    private const int Margin = 20;

    private const string Look =
        """
        .paper{fill:#ffffff;stroke:#d0d7de}text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328;white-space:pre}
        .bold{font-weight:bold}.quiet{fill:#656d76}.faint{fill:#d0d7de}.good{fill:#1a7f37}.waiting{fill:#9a6700}.bad{fill:#cf222e}
        @media(prefers-color-scheme:dark){.paper{fill:#0d1117;stroke:#30363d}text{fill:#e6edf3}.quiet{fill:#8d96a0}.faint{fill:#30363d}.good{fill:#3fb950}.waiting{fill:#d29922}.bad{fill:#f85149}}
        """;

    public static string Of(IRenderable screen)
    {
        var lines = Lines(screen);
        var (width, height) = ((Columns * Cell) + (2 * Margin), (lines.Count * LineHeight) + (2 * Margin));
        var svg = SvgSheet.Begin(width, height, "The pipeline while the demo runs", Look);
        foreach (var (row, line) in lines.Index()) Line(svg, line, Margin + (row * LineHeight) + 14);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Segment.SplitLines of Spectre leaves out empty lines, and its line breaks may be within a segment.</summary>
    private static List<List<Segment>> Lines(IRenderable screen)
    {
        var lines = new List<List<Segment>> { new() };
        foreach (var segment in screen.GetSegments(Paper()).Where(segment => !segment.IsControlCode))
            foreach (var (part, text) in segment.Text.Split('\n').Index())
            {
                if (part > 0) lines.Add([]);
                if (text.Length > 0) lines[^1].Add(new Segment(text, segment.Style));
            }

        if (lines[^1].Count == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static void Line(StringBuilder svg, IEnumerable<Segment> line, int baseline)
    {
        var column = 0;
        foreach (var segment in line)
        {
            var text = segment.Text.Trim(' ');
            var start = column + segment.Text.Length - segment.Text.TrimStart(' ').Length;
            if (text.Length > 0)
                svg.Append(CultureInfo.InvariantCulture, $"""<text class="{Class(segment.Style)}" x="{Margin + (start * Cell):0.#}" y="{baseline}" textLength="{new Segment(text).CellCount() * Cell:0.#}" lengthAdjust="spacingAndGlyphs">{SecurityElement.Escape(text)}</text>""").Append('\n');
            column += segment.CellCount();
        }
    }

    private static string Class(Style style) =>
        style.Foreground == Styles.Good.Foreground ? "good"
        : style.Foreground == Styles.Waiting.Foreground ? "waiting"
        : style.Foreground == Styles.Bad.Foreground ? "bad"
        : style.Foreground == Styles.Quiet.Foreground ? "quiet"
        : style.Foreground == Styles.Faint.Foreground ? "faint"
        : style.Decoration.HasFlag(Decoration.Bold) ? "bold" : "plain";

    /// <summary>A console that is never written to: it says how wide the screen is and that it may use any sign.</summary>
    private static IAnsiConsole Paper()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.TrueColor, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });
        console.Profile.Width = Columns;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
