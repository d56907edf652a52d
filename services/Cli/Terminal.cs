using Pipeline.Cli.Screens;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli;

/// <summary>What the command writes to and what it reads from its surroundings. The tests put their own in its place.</summary>
/// <param name="Screen">Tables and pictures.</param>
/// <param name="Out">What a script reads: JSON, and nothing beside it.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Variable">The environment.</param>
public sealed record Terminal(IAnsiConsole Screen, TextWriter Out, TextWriter Error, Func<string, string?> Variable, Func<HttpMessageHandler> Network, TimeProvider Time)
{
    /// <summary>Wide enough that no row is broken: one row, one line, for grep and awk.</summary>
    public const int WidthOfPipes = 4000;

    /// <summary>Whether the screen can be drawn over, again and again.</summary>
    public bool IsLive => Screen.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Shows a screen. In a pipe no line ends in blanks and none is broken.</summary>
    public void Show(IRenderable screen)
    {
        if (Screen.Profile.Capabilities.Ansi) Screen.Write(new Rows(screen));
        else Out.Write(Printed.Text(screen));
    }

    public static Terminal OfThisProcess() => new(
        Console.IsOutputRedirected ? Plain(Console.Out) : AnsiConsole.Create(new AnsiConsoleSettings()), // it honours NO_COLOR and TERM=dumb
        Console.Out, Console.Error, Environment.GetEnvironmentVariable, () => new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }, TimeProvider.System);

    /// <summary>A screen without colour and control sequences that never breaks a line.</summary>
    public static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = WidthOfPipes;
        return console;
    }
}
