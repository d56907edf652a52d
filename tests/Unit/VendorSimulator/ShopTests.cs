using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Contracts.Spelling;
using Pipeline.VendorSimulator.OutsidePublisher.Shop;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class ShopTests
{
    private static readonly AccountWorld World = AccountWorld.Of(20261124);

    [Fact]
    public void Every_rule_of_near_misses_has_a_story_of_exactly_that_rule()
    {
        string[] accounts = [.. World.Accounts.Select(account => account.AccountId).OfType<string>()];
        var explained = Script().Stories.SelectMany(story => story.Objects).Where(end => end.Rule is not null).ToLookup(end => end.Rule!);
        Assert.Equal(NearMissRule.All.Select(rule => rule.Code).Order(), explained.Select(rule => rule.Key).Order());
        foreach (var end in explained.SelectMany(rule => rule))
        {
            Assert.DoesNotContain(end.AccountId, accounts);
            if (end.Rule == "null_word") Assert.True(NullWord.Is(end.AccountId!));
            else Assert.Contains(accounts, account => NearMiss.Between(end.AccountId!, account) is [var only] && only.Code == end.Rule);
        }
    }

    [Fact]
    public void Every_message_can_be_read_and_each_object_that_is_told_of_is_sent()
    {
        var script = Script();
        var children = script.Messages.Where(message => message.Exchange != Exchanges.UserMapped).Select(message => MessageReader.ChildObjectReceived(message.Body).Message!).ToList();
        Assert.All(script.Messages.Where(message => message.Exchange == Exchanges.UserMapped), message => Assert.NotNull(MessageReader.UserMapped(message.Body).Message));
        Assert.Equal(script.Children.Select(child => (child.ObjectType, child.NativeId)).Order(), children.Select(child => (child.ObjectType, child.NativeId)).Distinct().Order());
        Assert.All(children, child => Assert.Equal("shop", child.Source));
    }

    [Fact]
    public void The_user_s_events_are_of_the_account_that_the_table_names_for_their_time()
    {
        var messages = Script().Messages;
        var table = messages.Where(message => message.Exchange == Exchanges.UserMapped).Select(message => MessageReader.UserMapped(message.Body).Message!).OrderBy(said => said.ObservedAt).ToList();
        var events = Script().Stories.Single(story => story.Name == "a user who moves").Objects;
        Assert.Equal(2, table.Select(said => said.AccountId).Distinct().Count());
        Assert.All(events, end => Assert.Equal(table.Last(said => said.ObservedAt <= end.ObservedAt).AccountId.Text, end.AccountId));
        Assert.Equal(2, events.Select(end => end.AccountId).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_told_where_nothing_is_published()
    {
        var script = new ShopScript(World, new SimulatorSettings { Publish = false }, new HandClock());
        Assert.Empty(script.Stories);
        Assert.Empty(script.Children);
    }

    private static ShopScript Script() => new(World, new SimulatorSettings { Publish = true }, new HandClock());
}
