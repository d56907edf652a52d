using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>A screen as plain text of fixed width: for files, pipes and tests.</summary>
public static class Printed
{
    public static string Text(IRenderable screen)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Terminal.Plain(writer).Write(screen);
        var lines = writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        return string.Join('\n', lines).Trim('\n') + '\n';
    }
}
