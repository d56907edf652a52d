using System.CommandLine;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>What people make of a group of failures.</summary>
internal static class DeadLetterTriageCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var key = new Argument<Guid>("GROUP") { Description = "The group's key, as `pipeline dead-letters groups` shows it." };
        var triage = new Argument<string>("TRIAGE") { Description = "new, investigating or known." };
        triage.AcceptOnlyFromAmong("new", "investigating", "known");
        var owner = new Option<string?>("--owner") { Description = "Who looks after it." };
        var note = new Option<string?>("--note") { Description = "What is known of it." };
        var link = new Option<string?>("--link") { Description = "An http address, as of a ticket." };
        var quiet = new Option<bool>("--quiet") { Description = "Known: raise no alarm for it." };
        var author = Signed.Author(terminal);
        var command = new ExampledCommand(
            "triage", "Says of a group that somebody looks into it, or that it is known. It holds for later letters of the group too.",
            "pipeline dead-letters triage 5b1d7e10-0198-8c3a-9f00-2a6f5b1d7e10 investigating --owner ada --link https://tickets.example/17") { key, triage, owner, note, link, quiet, author };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            var order = new TriageOrder(asked.GetRequiredValue(triage), asked.GetValue(owner), asked.GetValue(note), asked.GetValue(link), asked.GetValue(quiet), asked.GetValue(author) ?? "");
            var answer = await office.PutAsync($"dead-letters/groups/{asked.GetRequiredValue(key)}", JsonSerializer.SerializeToUtf8Bytes(order, PipelineJson.Report.TriageOrder), cancellation);
            if (answer.ExitCode != Exit.Done) return Query.Fail(terminal, answer);
            await terminal.Out.WriteLineAsync("Noted.");
            return Exit.Done;
        });
        return command;
    }
}
