using System.CommandLine;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>Whether systems can be read with their settings. The connectors have the credentials, so they do the asking.</summary>
internal static class CheckCommand
{
    /// <summary>A check asks each feed of a system, one after the other.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How many systems are checked at once.</summary>
    private const int AtOnce = 4;

    public static ExampledCommand Of(Terminal terminal)
    {
        var system = new Argument<string?>("SYSTEM") { Arity = ArgumentArity.ZeroOrOne, Description = "Its name, as in Connectors__SYSTEM__BaseUrl. Without one: all that are configured, a line each." };
        var json = Query.JsonOption();
        var command = new ExampledCommand(
            "check", "Whether a system can be read: asks each of its feeds for a first page, and says what is wrong, or how the records carry their account_id. Of a system that is not configured it lists the settings.",
            "pipeline check", "pipeline check SYSTEM", "pipeline check SYSTEM --json | jq '.feeds[] | {feed, state, verdict}'") { system, json };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal, Patience);
            var answer = await office.AskAsync("check", cancellation);
            if (answer.Body is not { } body) return Query.Fail(terminal, answer);
            var systems = JsonSerializer.Deserialize(body, PipelineJson.Report.IReadOnlyListSystemLine)!;
            return asked.GetValue(system) is { } name
                ? await OneAsync(terminal, office, name, systems, asked.GetValue(json), cancellation)
                : await AllAsync(terminal, office, systems, asked.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> OneAsync(Terminal terminal, OfficeClient office, string name, IReadOnlyList<SystemLine> systems, bool json, CancellationToken cancellation)
    {
        if (!systems.Any(known => known.System.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            await terminal.Error.WriteLineAsync($"There is no system {Shown.Safe(name)}. There are {string.Join(", ", Nearest.First(name, systems.Select(known => known.System)))}.");
            return Exit.WrongUsage;
        }

        var (report, failed) = await CheckAsync(office, name, cancellation);
        if (report is null) return Query.Fail(terminal, failed!);
        if (json) await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(report, PipelineJson.Report.CheckReport));
        else terminal.Show(CheckScreen.Of(report));
        return CodeOf(report);
    }

    private static async Task<int> AllAsync(Terminal terminal, OfficeClient office, IReadOnlyList<SystemLine> systems, bool json, CancellationToken cancellation)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        var checks = await Task.WhenAll(systems.Where(system => system.Configured).Select(async system =>
        {
            await gate.WaitAsync(cancellation);
            try
            {
                return await CheckAsync(office, system.System, cancellation);
            }
            finally
            {
                gate.Release();
            }
        }));
        var reports = checks.Select(check => check.Report).OfType<CheckReport>().ToList();
        if (json) await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(reports, PipelineJson.Report.IReadOnlyListCheckReport));
        else terminal.Show(CheckScreen.Of(reports));
        return checks.Select(check => check.Report is { } report ? CodeOf(report) : Query.Fail(terminal, check.Failed!)).DefaultIfEmpty(Exit.Done).Max();
    }

    private static async Task<(CheckReport? Report, OfficeAnswer? Failed)> CheckAsync(OfficeClient office, string system, CancellationToken cancellation)
    {
        var answer = await office.AskAsync($"check/{Uri.EscapeDataString(system)}", cancellation);
        return answer.Body is { } body ? (JsonSerializer.Deserialize(body, PipelineJson.Report.CheckReport)!, null) : (null, answer);
    }

    private static int CodeOf(CheckReport report) => report.State == "ok" ? Exit.Done : Exit.Refused;
}
