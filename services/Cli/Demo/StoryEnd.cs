using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;

namespace Pipeline.Cli.Demo;

/// <summary>How a story of the simulated data has ended.</summary>
/// <param name="Wrong">What is not as the story has it; empty where all is.</param>
public sealed record StoryEnd(string Name, IReadOnlyList<string> Wrong)
{
    /// <summary>Pure.</summary>
    /// <param name="found">What the pipeline says of each object of the story, in their order; null where it has not seen it.</param>
    /// <param name="left">What it says of the account that must have been out in between, where there is one.</param>
    public static StoryEnd Of(TrueStory story, IReadOnlyList<WhyReport?> found, AccountReport? left) =>
        new(story.Name, [.. story.Objects.Zip(found, Difference).OfType<string>(), .. Left(story, left)]);

    private static string? Difference(TrueStoryObject wanted, WhyReport? found)
    {
        var name = $"{wanted.Source} {wanted.ObjectType} {wanted.NativeId}";
        if (found is not { Places: [var newest, ..] }) return $"{name} has not been seen";
        if (newest.Place != wanted.Place) return $"{name} is {newest.Place}, not {wanted.Place}";
        if (newest.Place == "accepted") return newest.Detail == wanted.AccountId ? null : $"{name} is under {newest.Detail}, not {wanted.AccountId}";
        if (wanted.Rule is not { } rule) return null;
        var isExplained = rule == NearMissRule.NullWord.Code ? wanted.AccountId is { } word && NullWord.Is(word) : found.NearMisses.Any(near => near.Rules is [var only] && only == rule);
        return isExplained ? null : $"{name} is not explained by {rule}";
    }

    private static IEnumerable<string> Left(TrueStory story, AccountReport? account)
    {
        if (story.Leaves is not { } accountId) yield break;
        var states = account?.History.Select(turn => turn.State).SkipWhile(state => state != "admitted").ToList() ?? [];
        if (states is not ["admitted", "withdrawn", .., "admitted"]) yield return $"account {accountId} has not left and returned: {(states.Count == 0 ? "never in" : string.Join(", ", states))}";
    }
}
