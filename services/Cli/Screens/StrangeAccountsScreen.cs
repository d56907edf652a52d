using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>Account_ids that other systems state and that are nearly those of accounts.</summary>
public static class StrangeAccountsScreen
{
    public static IRenderable Of(IReadOnlyList<StrangeAccountLine> lines) => lines.Count == 0
        ? new Text("Every account_id that other systems state is an account, or is near to none.")
        : new Rows(lines.SelectMany(line => NearMissLines.Of($"account_id {line.Stated}, stated by {Shown.Counts(line.Records)},", line.NearMisses).Append(new Text(""))).Concat(NearMissLines.Rules(lines.SelectMany(line => line.NearMisses))));
}
