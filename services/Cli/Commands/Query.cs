using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Cli.Office;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Commands;

/// <summary>How a command that was answered ends.</summary>
/// <param name="Errors">Said on standard error.</param>
public sealed record Ending(int ExitCode, IReadOnlyList<string> Errors)
{
    public static Ending Done { get; } = new(Exit.Done, []);
}

/// <summary>A command that asks the office one thing and shows the answer: as a screen, or with <c>--json</c> as it came.</summary>
internal static class Query
{
    public static Option<bool> JsonOption() => new("--json") { Description = "Print the answer as JSON: stable, snake_case, and nothing else on standard output." };

    /// <summary>Makes the command ask for <paramref name="path"/>.</summary>
    public static ExampledCommand Asking<T>(
        this ExampledCommand command, Terminal terminal, Func<ParseResult, string> path, JsonTypeInfo<T> type, Func<T, IRenderable> screen, Func<T, Ending>? ending = null)
    {
        var json = JsonOption();
        command.Add(json);
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            var answer = await office.AskAsync(path(asked), cancellation);
            if (answer.Body is not { } body) return Fail(terminal, answer);
            var report = JsonSerializer.Deserialize(body, type)!;
            await PrintAsync(terminal, body, report, asked.GetValue(json), screen);
            var end = ending?.Invoke(report) ?? Ending.Done;
            foreach (var error in end.Errors) await terminal.Error.WriteLineAsync(error);
            return Math.Max(answer.ExitCode, end.ExitCode);
        });
        return command;
    }

    /// <summary>As it came, or as a screen.</summary>
    public static async Task PrintAsync<T>(Terminal terminal, byte[] body, T report, bool asJson, Func<T, IRenderable> screen)
    {
        if (asJson) await terminal.Out.WriteLineAsync(Encoding.UTF8.GetString(body));
        else terminal.Show(screen(report));
    }

    /// <summary>Sends an order that is carried out at once, and says so.</summary>
    public static async Task<int> OrderAsync(Terminal terminal, string path, byte[] order, string done, CancellationToken cancellation)
    {
        using var office = OfficeClient.Of(terminal);
        var answer = await office.OrderAsync(path, order, cancellation);
        if (answer.ExitCode != Exit.Done) return Fail(terminal, answer);
        await terminal.Out.WriteLineAsync(done);
        return Exit.Done;
    }

    public static int Fail(Terminal terminal, OfficeAnswer answer)
    {
        terminal.Error.WriteLine(answer.Failure);
        return answer.ExitCode;
    }
}
