using System.Globalization;
using System.Security;
using System.Text;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Screens;

/// <summary>
/// The overlap matrix as SVG, readable on light and on dark pages: a row a recommended field, a column a system, in each cell the share of the
/// row's values that the column's system has as well. The figure stands in the cell; the colour only repeats it. Pure.
/// </summary>
public static class OverlapPicture
{
    private const int Cell = 64;
    private const int RowHeight = 30;
    private const int Left = 250;
    private const int Top = 110;
    private const int Margin = 20;

    private const string Look =
        """
        .paper{fill:#ffffff;stroke:#d0d7de}text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328}.quiet{fill:#656d76}.end{text-anchor:end}.middle{text-anchor:middle}.cell{fill:#1a7f37}.own{fill:#d0d7de}
        @media(prefers-color-scheme:dark){.paper{fill:#0d1117;stroke:#30363d}text{fill:#e6edf3}.quiet{fill:#8d96a0}.cell{fill:#3fb950}.own{fill:#30363d}}
        """;

    public static string Of(AdviceReport advice)
    {
        var rows = advice.Recommendations.Select(recommendation => recommendation.Candidate).OrderBy(candidate => candidate.System, StringComparer.Ordinal).ToList();
        var (width, height) = (Left + (rows.Count * Cell) + Margin, Top + (rows.Count * RowHeight) + (2 * Margin) + 10);
        var svg = SvgSheet.Begin(width, height, "Which share of one system's ids another system has", Look);
        foreach (var (column, candidate) in rows.Index())
            svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({Left + (column * Cell) + 36},{Top - 10}) rotate(-45)\">{Escaped(candidate.System)}</text>\n");
        foreach (var (row, candidate) in rows.Index()) Row(svg, advice, rows, candidate, Top + (row * RowHeight));
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"quiet\" x=\"{Margin}\" y=\"{height - Margin}\">% of the row's ids that the column has; + what spelling hides</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Row(StringBuilder svg, AdviceReport advice, IReadOnlyList<SorCandidate> columns, SorCandidate row, int top)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"end\" x=\"{Left - 10}\" y=\"{top + 20}\">{Escaped($"{row.System} {row.Field}")}</text>\n");
        foreach (var (column, other) in columns.Index())
        {
            var left = Left + (column * Cell);
            if (other.System == row.System)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"own\" x=\"{left + 1}\" y=\"{top + 1}\" width=\"{Cell - 2}\" height=\"{RowHeight - 2}\" rx=\"3\"/>\n");
                continue;
            }

            var overlap = advice.Overlaps.FirstOrDefault(found => found.System == row.System && found.Field == row.Field && found.OtherSystem == other.System);
            var share = overlap is { Values: > 0 } ? (double)overlap.Shared / overlap.Values : 0;
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"cell\" fill-opacity=\"{share * 0.6:0.##}\" x=\"{left + 1}\" y=\"{top + 1}\" width=\"{Cell - 2}\" height=\"{RowHeight - 2}\" rx=\"3\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{(share > 0 ? "middle" : "middle quiet")}\" x=\"{left + (Cell / 2)}\" y=\"{top + 20}\">{Figure(overlap, share)}</text>\n");
        }
    }

    private static string Figure(FieldOverlap? overlap, double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100)}{(overlap is { NearMisses: > 0 } near ? $"+{Math.Ceiling(100.0 * near.NearMisses / near.Values)}" : "")}");

    private static string Escaped(string text) => SecurityElement.Escape(Shown.Safe(text));
}
