using System.CommandLine;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

internal static class DeadLettersCommand
{
    public const int MostLetters = 1000;

    public static ExampledCommand Of(Terminal terminal) => new("dead-letters", "Messages that could not be used, and why.", "pipeline dead-letters list --reason account_refused")
    {
        List(terminal),
        DeadLetterShowCommand.Of(terminal),
    };

    private static ExampledCommand List(Terminal terminal)
    {
        var reason = new Option<string?>("--reason") { HelpName = "CODE", Description = $"Only those of one reason: {string.Join(", ", Reason.All.Select(known => known.Code))}." };
        reason.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } code && Reason.Find(code) is null) given.AddError($"'{code}' is not a reason. The reasons are {string.Join(", ", Reason.All.Select(known => known.Code))}.");
        });
        var limit = new Option<int>("--limit") { HelpName = "N", Description = $"At most so many, 1 to {MostLetters}.", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && int.TryParse(given.Tokens[0].Value, out var number) && number is < 1 or > MostLetters) given.AddError($"--limit takes 1 to {MostLetters}.");
        });
        return new ExampledCommand(
                "list", "The newest first.", "pipeline dead-letters list --limit 10", "pipeline dead-letters list --reason message_invalid --json | jq -r '.[].id'") { reason, limit }
            .Asking(terminal, asked => $"dead-letters?limit={asked.GetValue(limit)}{(asked.GetValue(reason) is { } code ? $"&reason={code}" : "")}", PipelineJson.Report.IReadOnlyListDeadLetterLine, DeadLettersScreen.Of);
    }
}
