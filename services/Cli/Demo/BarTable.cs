using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>The bars, one below the other; on a wide terminal in two columns, read downwards. Pure.</summary>
public static class BarTable
{
    private const int Wide = 120;
    private const int BarWidth = 24;
    private const int NarrowBarWidth = 14;

    public static Grid Of(IReadOnlyList<Bar> bars, int columns)
    {
        var beside = columns >= Wide ? 2 : 1;
        var rows = (bars.Count + beside - 1) / beside;
        var grid = new Grid();
        for (var half = 1; half <= beside; half++) AddColumns(grid, last: half == beside);
        for (var row = 0; row < rows; row++)
            grid.AddRow([.. Enumerable.Range(0, beside).SelectMany(half => Cells(bars.ElementAtOrDefault((half * rows) + row), beside == 1 ? BarWidth : NarrowBarWidth))]);
        return grid;
    }

    private static void AddColumns(Grid grid, bool last)
    {
        for (var column = 1; column <= 3; column++) grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, last ? 0 : 4, 0) }); // what fails is named, on a second line where there is no room
    }

    private static IRenderable[] Cells(Bar? bar, int width) => bar is null
        ? [new Text(""), new Text(""), new Text(""), new Text("")]
        : [Shown.Cell(bar.Name), bar.Draw(width), new Text(bar.Count), Shown.Cell(bar.State, bar.Fails ? Styles.Bad : Styles.Quiet)];
}
