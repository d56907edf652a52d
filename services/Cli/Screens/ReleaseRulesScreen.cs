using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The release rules, the oldest first.</summary>
public static class ReleaseRulesScreen
{
    public static IRenderable Of(IReadOnlyList<ReleaseRuleLine> rules)
    {
        if (rules.Count == 0) return new Text("There is no rule: dead letters with an account are offered, and a person replays them.");
        var table = Aligned.Of("NAME", "STATE", "LETTERS", ">TODAY", ">OF", ">HELD", "BY", "WHY");
        foreach (var rule in rules)
            table.AddRow(
                Shown.Cell(rule.Name), Shown.Cell(rule.State, rule.State == "on" ? Styles.Good : Styles.Bad), Shown.Cell(rule.Query.Length == 0 ? "all with an account" : rule.Query),
                Shown.Number(rule.Today), Shown.Number(rule.MostADay), Shown.Number(rule.Held), Shown.Cell(rule.Author), Shown.Cell(rule.Why ?? rule.Reason));
        return table;
    }
}
