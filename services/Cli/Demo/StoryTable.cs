using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Demo;

/// <summary>The stories and how each has ended.</summary>
public static class StoryTable
{
    public static IRenderable Of(IReadOnlyList<StoryEnd> stories)
    {
        var table = Aligned.Of("STORY", "ENDED");
        foreach (var story in stories)
            table.AddRow(Shown.Cell(story.Name), story.Wrong.Count == 0 ? Shown.Cell("as told", Styles.Good) : Shown.Cell(string.Join("; ", story.Wrong), Styles.Bad));
        return table;
    }
}
