using System.CommandLine;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>What was ordered for many letters, and what became of each.</summary>
internal static class OperationsCommand
{
    public static ExampledCommand Of(Terminal terminal) => new("operations", "Replays and what else was ordered for many letters, and what became of each.", "pipeline operations list", "pipeline operations letters 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10 --fate dead_again")
    {
        new ExampledCommand("list", "Those that run, then the newest.", "pipeline operations list").Asking(terminal, _ => "operations", PipelineJson.Report.IReadOnlyListOperationReport, OperationScreen.Of),
        Show(terminal),
        Letters(terminal),
        Steer(terminal, "pause", "Sends no more until it is resumed."),
        Steer(terminal, "resume", "Goes on, also with one that has stopped by itself."),
        Steer(terminal, "cancel", "Ends it. What is not sent yet is open again."),
    };

    private static ExampledCommand Show(Terminal terminal)
    {
        var (id, follow, json) = (IdArgument(), new Option<bool>("--follow") { Description = "Wait until it runs no more." }, Query.JsonOption());
        var command = new ExampledCommand("show", "One operation: how far it is, and what became of its letters.", "pipeline operations show 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10 --follow") { id, follow, json };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            if (asked.GetValue(follow)) return await BulkCommand.FollowAsync(terminal, office, asked.GetValue(id), asked.GetValue(json), cancellation);
            var answer = await office.AskAsync($"operations/{asked.GetValue(id)}", cancellation);
            if (answer.Body is not { } body) return Query.Fail(terminal, answer);
            await Query.PrintAsync(terminal, body, JsonSerializer.Deserialize(body, PipelineJson.Report.OperationReport)!, asked.GetValue(json), OperationScreen.Of);
            return Exit.Done;
        });
        return command;
    }

    private static ExampledCommand Letters(Terminal terminal)
    {
        var id = IdArgument();
        var fate = new Option<string?>("--fate") { Description = "Only those of one fate: waiting, sent, accepted, parked, superseded, dead_again, handed_over, unknown, left." };
        var after = new Option<long>("--after") { HelpName = "POSITION", Description = "Begin after this one.", DefaultValueFactory = _ => 0 };
        return new ExampledCommand("letters", "The fate of every letter, a thousand at a time.", "pipeline operations letters 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10 --fate dead_again") { id, fate, after }
            .Asking(terminal, asked => $"operations/{asked.GetValue(id)}/letters?limit=1000&after={asked.GetValue(after)}{(asked.GetValue(fate) is { } one ? $"&fate={Uri.EscapeDataString(one)}" : "")}",
                PipelineJson.Report.OperationLetterPage, OperationScreen.Of);
    }

    private static ExampledCommand Steer(Terminal terminal, string how, string description)
    {
        var (id, author, reason) = (IdArgument(), Signed.Author(terminal), new Option<string?>("--reason") { Description = "Why; others will read it." });
        var command = new ExampledCommand(how, description, $"pipeline operations {how} 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10") { id, author, reason };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            var answer = await office.OrderAsync(
                $"operations/{asked.GetValue(id)}/{how}", JsonSerializer.SerializeToUtf8Bytes(new SteerOrder(asked.GetValue(author) ?? "", asked.GetValue(reason)), PipelineJson.Report.SteerOrder), cancellation);
            if (answer.ExitCode != Exit.Done) return Query.Fail(terminal, answer);
            await terminal.Out.WriteLineAsync("Done.");
            return Exit.Done;
        });
        return command;
    }

    private static Argument<Guid> IdArgument() => new("ID") { Description = "The operation, as `pipeline operations list` shows it." };
}
