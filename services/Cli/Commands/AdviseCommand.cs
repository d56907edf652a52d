using System.CommandLine;
using System.Text;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>Which account_id and which system of record the data seen speak for.</summary>
internal static class AdviseCommand
{
    public const string NoRecords = "No account-like record has been seen yet. Configure systems (`pipeline check` lists them), let them be read (`pipeline status`), then ask again.";

    /// <summary>A million records take a minute or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static ExampledCommand Of(Terminal terminal)
    {
        var json = Query.JsonOption();
        var picture = new Option<string?>("--picture") { HelpName = "FILE.svg", Description = "Write the matrix of overlaps as a picture too." };
        picture.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))) given.AddError($"--picture: there is no folder for {file}.");
        });
        var command = new ExampledCommand("advise", "Which account_id and which system of record the data seen speak for, and why.",
            "pipeline advise", "pipeline advise --picture overlap.svg", "pipeline advise --json | jq '.recommendations[0].reasons'") { json, picture };
        command.SetAction((asked, cancellation) => RunAsync(terminal, asked.GetValue(json), asked.GetValue(picture), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, bool json, string? picture, CancellationToken cancellation)
    {
        using var office = OfficeClient.Of(terminal, Patience);
        var answer = await Progress.WhileAsync(
            terminal, office, office.AskAsync("advice", cancellation), "advice/progress", PipelineJson.Report.AdviceProgress,
            progress => progress.Total == 0 ? null : $"{progress.Stage} {progress.Read} of {progress.Total} records", cancellation);
        if (answer.Body is not { } body) return Query.Fail(terminal, answer);
        var advice = JsonSerializer.Deserialize(body, PipelineJson.Report.AdviceReport)!;
        if (json) await terminal.Out.WriteLineAsync(Encoding.UTF8.GetString(body));
        else if (advice.Records > 0) terminal.Show(AdviceScreen.Of(advice));
        if (advice.Records == 0) await terminal.Error.WriteLineAsync(NoRecords);
        if (picture is not null && advice.Records > 0) await File.WriteAllTextAsync(picture, OverlapPicture.Of(advice), cancellation);
        if (answer.ExitCode == Exit.OutOfReach) await terminal.Error.WriteLineAsync("gatekeeper does not answer: the claims of child objects are left out.");
        return advice.Records == 0 ? Math.Max(Exit.Refused, answer.ExitCode) : answer.ExitCode;
    }
}
