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

    /// <summary>Names and their values, a line each; what has no value is left out.</summary>
    public static Grid Facts(params (string Name, string? Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
        foreach (var (name, value) in facts)
            if (!string.IsNullOrEmpty(value)) grid.AddRow(new Text(name, Styles.Quiet), Shown.Cell(value));
        return grid;
    }
}
