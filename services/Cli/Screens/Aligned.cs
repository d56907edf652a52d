using Spectre.Console;

namespace Pipeline.Cli.Screens;

/// <summary>The one look of all tables: a head and aligned columns, nothing else, which is as good in a pipe as on a screen.</summary>
public static class Aligned
{
    private const int Gap = 2;

    /// <param name="names">A name that begins with &gt; is a column of numbers.</param>
    public static Table Of(params string[] names)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var name in names)
            table.AddColumn(new TableColumn(new Text(name.TrimStart('>'), Styles.Heading)) { Alignment = name.StartsWith('>') ? Justify.Right : Justify.Left, Padding = new Padding(0, 0, Gap, 0) });
        return table;
    }
}
