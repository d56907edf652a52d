using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>Who is let in: what is in force, what other rules would change, and changing them.</summary>
internal static class RulesCommand
{
    /// <summary>A million accounts are looked at in a few minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static ExampledCommand Of(Terminal terminal) => new(
        "rules", "Who is let in: the rules in force, what others would change, and changing them.", "pipeline rules show > rules.yaml", "pipeline rules try rules.yaml", "pipeline rules apply rules.yaml --reason 'trials count as customers'")
    {
        Show(terminal),
        new ExampledCommand("history", "Every set of rules that is or was in force, the newest first: who, when and why.", "pipeline rules history")
            .Asking(terminal, _ => "rules", PipelineJson.Report.IReadOnlyListRuleSetLine, RulesScreen.History),
        Try(terminal),
        Apply(terminal),
        Undo(terminal),
    };

    private static ExampledCommand Show(Terminal terminal)
    {
        var version = new Argument<int?>("VERSION") { Description = "Of the history; the rules in force where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var json = Query.JsonOption();
        var command = new ExampledCommand("show", "A set of rules, as a file. Who made it, when and why stands above it in a comment.", "pipeline rules show", "pipeline rules show 3 > rules.yaml") { version, json };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            var answer = await office.AskAsync(asked.GetValue(version) is { } number ? $"rules/{number.ToString(CultureInfo.InvariantCulture)}" : "rules/in-force", cancellation);
            if (answer.Body is not { } body) return Query.Fail(terminal, answer);
            // Written as it is, not laid out: it is to be a file again.
            await terminal.Out.WriteLineAsync(asked.GetValue(json) ? Encoding.UTF8.GetString(body) : RulesScreen.File(JsonSerializer.Deserialize(body, PipelineJson.Report.RuleSetReport)!));
            return Exit.Done;
        });
        return command;
    }

    private static ExampledCommand Try(Terminal terminal)
    {
        var (file, json) = (RulesFile(), Query.JsonOption());
        var command = new ExampledCommand("try", "What the rules in a file would change: who would come in, who would go, how many children with each. Nothing is changed.",
            "pipeline rules try rules.yaml", "pipeline rules try rules.yaml --json | jq -r '.goes[].account_id'") { file, json };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal, Patience);
            var trial = office.OrderAsync("rules/try", await File.ReadAllBytesAsync(asked.GetRequiredValue(file), cancellation), cancellation);
            var answer = await Progress.WhileAsync(
                terminal, office, trial, "rules/try/progress", PipelineJson.Report.RulesTrialProgress, progress => progress.Total == 0 ? null : $"looked at {progress.Looked} of {progress.Total} accounts", cancellation);
            if (answer.Body is not { } body) return Query.Fail(terminal, answer);
            var report = JsonSerializer.Deserialize(body, PipelineJson.Report.RulesTrialReport)!;
            if (asked.GetValue(json)) await terminal.Out.WriteLineAsync(Encoding.UTF8.GetString(body));
            else if (report.Mistakes.Count == 0) terminal.Show(RulesScreen.Trial(report));
            foreach (var mistake in report.Mistakes) await terminal.Error.WriteLineAsync($"{asked.GetRequiredValue(file)}: {mistake}");
            foreach (var warning in report.Warnings) await terminal.Error.WriteLineAsync($"warning: {warning}");
            return report.Mistakes.Count == 0 ? Exit.Done : Exit.Refused;
        });
        return command;
    }

    private static ExampledCommand Apply(Terminal terminal)
    {
        var (file, author, reason) = (RulesFile(), Signed.Author(terminal), Signed.Reason());
        var command = new ExampledCommand("apply", "Puts the rules in a file into force, as the next version, and has every account decided anew.", "pipeline rules apply rules.yaml --reason 'trials count as customers'")
            { file, author, reason };
        command.SetAction(async (asked, cancellation) => await ChangeAsync(
            terminal, "rules",
            JsonSerializer.SerializeToUtf8Bytes(
                new RulesOrder(await File.ReadAllTextAsync(asked.GetRequiredValue(file), cancellation), asked.GetValue(author) ?? "", asked.GetRequiredValue(reason)), PipelineJson.Report.RulesOrder),
            cancellation));
        return command;
    }

    private static ExampledCommand Undo(Terminal terminal)
    {
        var (author, reason) = (Signed.Author(terminal), Signed.Reason());
        var command = new ExampledCommand("undo", "Puts the rules before those in force into force again, as the next version. To undo an undo brings them back.", "pipeline rules undo --reason 'trials are no customers'")
            { author, reason };
        command.SetAction((asked, cancellation) => ChangeAsync(
            terminal, "rules/undo", JsonSerializer.SerializeToUtf8Bytes(new UndoOrder(asked.GetValue(author) ?? "", asked.GetRequiredValue(reason)), PipelineJson.Report.UndoOrder), cancellation));
        return command;
    }

    /// <summary>Orders the change, and tells how far the accounts are that are decided anew. Who breaks off here breaks off nothing there.</summary>
    private static async Task<int> ChangeAsync(Terminal terminal, string path, byte[] order, CancellationToken cancellation)
    {
        using var office = OfficeClient.Of(terminal);
        var ordered = await office.OrderAsync(path, order, cancellation);
        if (ordered.ExitCode != Exit.Done) return Query.Fail(terminal, ordered);
        var answer = await office.AskAsync("rules/in-force", cancellation);
        if (answer.Body is not { } body) return Query.Fail(terminal, answer);
        var set = JsonSerializer.Deserialize(body, PipelineJson.Report.RuleSetReport)!.Set;
        await terminal.Out.WriteLineAsync($"Version {set.Version} is in force. {Shown.Many(set.Accounts, "account")} to be decided anew.");
        var finished = await Progress.UntilAsync(
            terminal, office, $"rules/{set.Version}", PipelineJson.Report.RuleSetReport, report => report.Set.FinishedAt is not null, report => $"decided {report.Set.Decided} of {report.Set.Accounts} accounts", cancellation);
        if (finished.ExitCode != Exit.Done) return Query.Fail(terminal, finished);
        await terminal.Out.WriteLineAsync("All are handed to their decision. `pipeline status` shows who is in.");
        return Exit.Done;
    }

    private static Argument<string> RulesFile()
    {
        var file = new Argument<string>("FILE") { Description = "A rules file in YAML: docs/rules.md." };
        file.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } path && !File.Exists(path)) given.AddError($"There is no file {path}.");
        });
        return file;
    }
}
