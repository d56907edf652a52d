using Pipeline.Contracts.Reading;
using Pipeline.VendorSimulator.OutsidePublisher;
using Pipeline.VendorSimulator.OutsidePublisher.Product;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class ProductTests
{
    private static readonly AccountWorld World = AccountWorld.Of(20261124);
    private static readonly HandClock Clock = new();

    [Fact]
    public void Every_event_is_readable_and_most_name_only_a_user()
    {
        var events = Script().Messages.Where(message => message.Exchange == "usage-event-received").Select(message => MessageReader.ChildObjectReceived(message.Body).Message!).ToList();
        Assert.Equal(2000, events.Count);
        Assert.InRange(events.Count(one => one.UserId is not null), 1600, 1950);
        Assert.All(events, one => Assert.True(one.UserId is not null ^ !one.AccountId.IsMissing));
        Assert.All(events, one => Assert.InRange(one.ObservedAt, Clock.GetUtcNow().AddDays(-21), Clock.GetUtcNow()));
    }

    [Fact]
    public void The_user_table_comes_after_the_first_events_and_names_the_account_that_is_expected()
    {
        var messages = Script().Messages.ToList();
        Assert.True(messages.FindIndex(message => message.Exchange == "user-mapped") > 100);
        var table = messages.Where(message => message.Exchange == "user-mapped").Select(message => MessageReader.UserMapped(message.Body).Message!).ToDictionary(user => user.UserId, user => user.AccountId.Text);
        foreach (var (message, end) in messages.Where(message => message.Exchange == "usage-event-received").Zip(Script().Children))
        {
            var child = MessageReader.ChildObjectReceived(message.Body).Message!;
            if (end.Place == ChildTruth.Accepted) Assert.Equal(end.AccountId, child.AccountId.Value?.Text ?? table[child.UserId!]);
        }
    }

    [Fact]
    public void The_same_seed_and_day_give_the_same_messages() =>
        Assert.Equal(Script().Messages.Select(message => (message.Id, message.BodyHash)), Script().Messages.Select(message => (message.Id, message.BodyHash)));

    private static ProductScript Script() => new(World, new SimulatorSettings { Publish = true }, new ProductSettings { UsageEvents = 2000, Users = 100 }, Clock);
}
