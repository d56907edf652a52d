using System.CommandLine;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

internal static class LedgerCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var against = new Option<string?>("--against") { HelpName = "FILE", Description = "Look for each message of a publisher's own list, by id: a JSON object a line, as it was published." };
        against.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && !File.Exists(given.Tokens[0].Value)) given.AddError($"--against: there is no file {given.Tokens[0].Value}.");
        });
        var command = new ExampledCommand(
            "ledger", "Where every message is: received = accepted + parked + dead-lettered + superseded + duplicates. Exits with 1 where that does not hold.",
            "pipeline ledger", "pipeline ledger --json | jq .balanced", "pipeline ledger --against published.jsonl")
            .Asking(terminal, _ => "ledger", PipelineJson.Report.PipelineLedger, LedgerScreen.Of, End);
        command.Add(against);
        var whole = command.Action!;
        command.SetAction(async (asked, cancellation) =>
        {
            if (asked.GetValue(against) is not { } file) return await ((System.CommandLine.Invocation.AsynchronousCommandLineAction)whole).InvokeAsync(asked, cancellation);
            using var office = OfficeClient.Of(terminal);
            return await new Against(terminal, office).CompareAsync(file, cancellation);
        });
        return command;
    }

    /// <summary>The mistakes are on standard error too, so that a script that reads only the exit code has them in its log.</summary>
    public static Ending End(PipelineLedger ledger) => ledger.Balanced ? Ending.Done : new Ending(Exit.Refused, ledger.Mistakes);
}
