using System.Globalization;
using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>Rules, their history, and what others would change.</summary>
public static class RulesScreen
{
    /// <summary>Accounts that a person reads one by one; <c>--json</c> has all.</summary>
    private const int MostShown = 40;

    /// <summary>The rules file, under a comment that says whose it is.</summary>
    public static string File(RuleSetReport report)
    {
        var (set, at) = (report.Set, report.Set.AppliedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return $"# version {set.Version}{(report.InForce ? ", in force" : "")}, by {Shown.Safe(set.Author)} at {at}: {Shown.Safe(set.Reason)}\n{Shown.SafeLines(report.Yaml).TrimEnd('\n')}";
    }

    public static IRenderable History(IReadOnlyList<RuleSetLine> sets)
    {
        var table = Aligned.Of(">VERSION", "APPLIED", "BY", "REASON", ">ACCOUNTS", "DECIDED");
        foreach (var set in sets)
            table.AddRow(
                Shown.Number(set.Version), Shown.Time(set.AppliedAt), Shown.Cell(set.Author), Shown.Cell(set.ReturnsTo is { } before ? $"{set.Reason} (version {before} again)" : set.Reason),
                Shown.Number(set.Accounts), Shown.Cell(set.FinishedAt is null ? $"{set.Decided} so far" : "all"));
        return table;
    }

    public static IRenderable Trial(RulesTrialReport report)
    {
        var parts = new List<IRenderable>
        {
            new Text($"Compared with version {report.Version}: {Shown.Many(report.Accounts, "account")} looked at. Nothing is changed.", Styles.Heading),
            new Text($"in now {report.InBefore}, in then {report.InAfter}, waiting then {report.WaitingAfter}"),
            new Text($"{report.ComingIn} would come in and free at least {Children(report.Freed)}"),
            new Text($"{report.Going} would go and hide {Children(report.Hidden)}"),
        };
        parts.AddRange(List("Would come in", "FREES", "OUT NOW BECAUSE", report.ComesIn, report.ComingIn));
        parts.AddRange(List("Would go", "HIDES", "BECAUSE", report.Goes, report.Going));
        return new Rows(parts);
    }

    private static string Children(long count) => count == 1 ? "1 child" : $"{count} children";

    private static IEnumerable<IRenderable> List(string heading, string children, string why, IReadOnlyList<TriedAccount> accounts, long count)
    {
        if (count == 0) yield break;
        yield return Shown.Heading(heading);
        var table = Aligned.Of("ACCOUNT_ID", "NAME", $">{children}", why);
        foreach (var account in accounts.OrderByDescending(account => account.Children).Take(MostShown))
            table.AddRow(Shown.Cell(account.AccountId), Shown.Cell(account.Name), Shown.Number(account.Children), Shown.Cell(account.Why));
        yield return table;
        if (count > MostShown) yield return new Text($"and {count - Math.Min(accounts.Count, MostShown)} more: --json lists {(count > accounts.Count ? $"the first {accounts.Count}" : "all")}", Styles.Quiet);
    }
}
