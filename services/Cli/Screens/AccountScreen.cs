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
        var parts = new List<IRenderable>
        {
            new Text($"{Shown.Safe(account.AccountId)}: {state}", Styles.Heading), new Text($"revision {account.Revision}, decided by version {account.RulesVersion} of the rules", Styles.Quiet),
        };
        parts.AddRange(List("Reasons", account.Reasons.Select(reason => $"{reason.Code}: {reason.Detail}")));
        parts.AddRange(List("What the rules ask of its record", account.Conditions.SelectMany(finding => Lines(finding, ""))));
        parts.AddRange(List("What they ask of other systems", account.Paths.SelectMany(Lines)));
        parts.AddRange(List("How it came here, the newest first", account.History.Reverse().Select(turn => $"{turn.At.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}  {turn.State}{(turn.Why.Length > 0 ? $": {turn.Why}" : "")}")));
        parts.AddRange(List("Records, the one that it rests on first", account.Records));
        return new Rows(parts);
    }

    private static IEnumerable<string> Lines(PathFinding path) =>
        path.Records.Count == 0 ? [$"waits {path.System}: no record is linked"]
            : path.Records.SelectMany(record => Prepended($"{Mark(record.Passes)} {path.System} {record.NativeId}", record.Found is { } found ? Lines(found, "  ") : []));

    private static IEnumerable<string> Lines(Finding finding, string indent) => Prepended(
        $"{indent}{Mark(finding.Passes)} {finding.Asked}{(finding.Parts.Count > 0 ? "" : finding.Seen is { } seen ? $": {seen}" : ": empty")}", finding.Parts.SelectMany(part => Lines(part, $"{indent}  ")));

    private static IEnumerable<string> Prepended(string first, IEnumerable<string> rest) => rest.Prepend(first);

    private static string Mark(bool passes) => passes ? "pass " : "fails";

    private static IEnumerable<IRenderable> List(string heading, IEnumerable<string> lines)
    {
        var shown = lines.Select(line => new Text($"  {Shown.Safe(line)}")).ToList();
        return shown.Count == 0 ? [] : shown.Prepend(Shown.Heading(heading));
    }
}
