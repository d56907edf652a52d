using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>One account, and why it is or is not let in.</summary>
public static class AccountScreen
{
    public static IRenderable Of(AccountReport account)
    {
        var state = account.WaitsFor is { } wait ? $"{account.State} for {Shown.Safe(wait)}" : account.State;
        var parts = new List<IRenderable> { new Text($"{Shown.Safe(account.AccountId)}: {state}", Styles.Heading), new Text($"revision {account.Revision}", Styles.Quiet) };
        parts.AddRange(List("Reasons", account.Reasons.Select(reason => $"{reason.Code}: {reason.Detail}")));
        parts.AddRange(List("Records, the one that it rests on first", account.Records));
        parts.AddRange(List("What other systems say", account.Evidence));
        return new Rows(parts);
    }

    private static IEnumerable<IRenderable> List(string heading, IEnumerable<string> lines)
    {
        var shown = lines.Select(line => new Text($"  {Shown.Safe(line)}")).ToList();
        return shown.Count == 0 ? [] : shown.Prepend(Shown.Heading(heading));
    }
}
