using System.CommandLine;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

internal static class DeadLettersCommand
{
    public const int MostLetters = 1000;

    public static ExampledCommand Of(Terminal terminal) => new(
        "dead-letters", "Messages that could not be used: why, and what to do with them.", "pipeline dead-letters groups", "pipeline dead-letters replay --query 'reason:account_never_appeared source:desk' --reason 'accounts were loaded'")
    {
        List(terminal),
        Groups(terminal),
        DeadLetterShowCommand.Of(terminal),
        DeadLetterTriageCommand.Of(terminal),
        BulkCommand.Replay(terminal),
        BulkCommand.Edit(terminal),
        BulkCommand.Discard(terminal),
        BulkCommand.Restore(terminal),
    };

    private static ExampledCommand List(Terminal terminal)
    {
        var query = QueryArgument();
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
                "list", "The newest first; open ones, unless the query says otherwise.", "pipeline dead-letters list --limit 10", "pipeline dead-letters list 'source:desk (type:ticket OR type:issue) -reason:account_refused'",
                "pipeline dead-letters list 'state:discarded after:2026-11-01'", "pipeline dead-letters list --reason message_invalid --json | jq -r '.[].id'") { query, reason, limit }
            .Asking(
                terminal, asked => $"dead-letters?limit={asked.GetValue(limit)}{Asked(asked.GetValue(query))}{(asked.GetValue(reason) is { } code ? $"&reason={code}" : "")}", PipelineJson.Report.IReadOnlyListDeadLetterLine,
                DeadLettersScreen.Of);
    }

    private static ExampledCommand Groups(Terminal terminal)
    {
        var query = QueryArgument();
        return new ExampledCommand("groups", "The few failures that the many letters come down to, the largest first.", "pipeline dead-letters groups", "pipeline dead-letters groups source:desk --json | jq -r '.[0].key'") { query }
            .Asking(terminal, asked => $"dead-letters/groups?limit=500{Asked(asked.GetValue(query))}", PipelineJson.Report.IReadOnlyListDeadLetterGroup, GroupsScreen.Of);
    }

    private static Argument<string?> QueryArgument() => new("QUERY")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "What to look for: field:value, joined by AND, OR, NOT or - and parentheses; a word alone is found anywhere in headers and body. Fields: reason, source, type, id, account, key, queue, exchange, message, state, fate, group, letter, operation, triage, owner, after, before.",
    };

    private static string Asked(string? query) => string.IsNullOrEmpty(query) ? "" : $"&q={Uri.EscapeDataString(query)}";
}
