using Pipeline.Cli.Demo;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheStories
{
    private static readonly TrueStoryObject Order = new("shop", "order", "1", "accepted", "A", null, null);

    [Fact]
    public void End_as_told_where_every_object_is_where_it_must_be() => Assert.Empty(End(Order, Why("accepted", "A")));

    [Fact]
    public void Are_wrong_where_an_object_is_elsewhere_under_another_account_or_unseen()
    {
        Assert.Equal(["shop order 1 is parked, not accepted"], End(Order, Why("parked", "waits")));
        Assert.Equal(["shop order 1 is under B, not A"], End(Order, Why("accepted", "B")));
        Assert.Equal(["shop order 1 has not been seen"], End(Order, null));
    }

    [Fact]
    public void Of_near_misses_are_wrong_where_the_rule_does_not_explain()
    {
        var near = Order with { Place = "parked", Rule = "case" };
        Assert.Empty(End(near, Why("parked", "waits", "case")));
        Assert.Equal(["shop order 1 is not explained by case"], End(near, Why("parked", "waits", "white_space")));
        Assert.Equal(["shop order 1 is not explained by case"], End(near, Why("parked", "waits")));
    }

    [Fact]
    public void Of_an_account_that_leaves_are_wrong_where_it_never_left()
    {
        var story = new TrueStory("leaves", [], "A");
        Assert.Empty(StoryEnd.Of(story, [], Account("waiting", "admitted", "withdrawn", "admitted")).Wrong);
        Assert.Single(StoryEnd.Of(story, [], Account("waiting", "admitted")).Wrong);
        Assert.Single(StoryEnd.Of(story, [], Account("admitted", "withdrawn")).Wrong);
        Assert.Single(StoryEnd.Of(story, [], null).Wrong);
    }

    private static IReadOnlyList<string> End(TrueStoryObject wanted, WhyReport? found) => StoryEnd.Of(new TrueStory("one", [wanted], null), [found], null).Wrong;

    private static WhyReport Why(string place, string detail, params string[] rules) => new(
        "shop", "order", "1", "", [new WhyPlace(default, place, detail, default, null, null, null)], [], rules.Length == 0 ? [] : [new NearMissLine(rules, "", "", "A", "admitted", [])]);

    private static AccountReport Account(params string[] states) => new("A", states[^1], 1, 1, null, [], [], [], [], [.. states.Select(state => new AccountTurn(state, default, 1, ""))]);
}
