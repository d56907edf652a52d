using System.Globalization;
using System.Text;

namespace Pipeline.Cli.Screens;

/// <summary>The sheet that pictures are drawn on, readable on light and on dark pages. Pure.</summary>
internal static class SvgSheet
{
    /// <summary>The beginning of an SVG up to its paper; the caller draws on it and closes it.</summary>
    /// <param name="label">What the picture shows, for those who do not see it.</param>
    /// <param name="look">The style of what is drawn; <c>.paper</c> is the sheet's.</param>
    public static StringBuilder Begin(double width, double height, string label, string look)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}">""").Append('\n');
        return svg.Append(CultureInfo.InvariantCulture, $"<style>\n{look}\n</style>\n<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"{width - 1}\" height=\"{height - 1}\" rx=\"8\"/>\n");
    }
}
