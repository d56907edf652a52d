using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>A screen as plain text of fixed width: for files, pipes and tests.</summary>
public static class Printed
{
    public static string Text(IRenderable screen, int width = Terminal.WidthOfPipes)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = Terminal.Plain(writer);
        console.Profile.Width = width;
        console.Write(screen);
        var lines = writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        return string.Join('\n', lines).Trim('\n') + '\n';
    }
}
