using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>What is spelled nearly as a key: both texts one below the other, why they differ, and the command by which a person says that they mean the same.</summary>
internal static class NearMissLines
{
    public static IEnumerable<IRenderable> Of(string claim, IReadOnlyList<NearMissLine> nearMisses)
    {
        if (nearMisses.Count == 0) yield break;
        yield return new Text($"{Shown.Safe(claim)} is near to", Styles.Heading);
        foreach (var near in nearMisses)
        {
            yield return new Text($"  asked  {Shown.Safe(near.Asked)}");
            yield return new Text($"  known  {Shown.Safe(near.Known)}{(near.Known == near.AccountId ? "" : $" of account {Shown.Safe(near.AccountId)}")}, {near.Standing ?? "not decided on"}; they differ by {string.Join(" and ", near.Rules)}");
            if (near.Corrections.Count == 0) yield return new Text("  No correction can be made: what is asked for is an account of its own, and both may be right, or nothing waits.", Styles.Quiet);
            foreach (var correction in near.Corrections)
                yield return new Text($"  frees {correction.Frees} of {Shown.Safe(correction.Source)}:  {Command(correction)}");
        }
    }

    /// <summary>What each of the rules means, once.</summary>
    public static IEnumerable<IRenderable> Rules(IEnumerable<NearMissLine> nearMisses)
    {
        var rules = nearMisses.SelectMany(near => near.Rules).ToHashSet(StringComparer.Ordinal);
        return rules.Count == 0 ? [] : NearMissRule.All.Where(rule => rules.Contains(rule.Code)).Select(IRenderable (rule) => new Text($"{rule.Code}: {rule.Sentence}", Styles.Quiet)).Prepend(new Text(""));
    }

    public static IRenderable NullWord(ParkedLine line) =>
        new Text($"{Shown.Safe(line.Claim)} says nothing: {string.Join(", ", line.Sources.Select(Shown.Safe))} writes a word where it has no id. Repair it there; no account will ever be called so.");

    private static string Command(PossibleCorrection correction) =>
        $"pipeline corrections add {Shell.Quoted(correction.Source)} {Pipeline.Contracts.ClaimNames.Of(correction.Claim.By)} {Shell.Quoted(correction.Claim.Value)} {Shell.Quoted(correction.AccountId)}"
        + $"{(correction.Claim.System is { } system && system != correction.Source ? $" --system {Shell.Quoted(system)}" : "")} --reason '...'";
}
