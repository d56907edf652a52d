using Microsoft.Extensions.Configuration;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Events;
using Pipeline.Hosting;

namespace Pipeline.Unit.Tests.Gatekeeper;

public sealed class UsageEventTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_id_at_another_time_is_another_event_and_another_version_of_anything_else()
    {
        Assert.NotEqual(Event("usage_event", "e1", minute: 1).ObjectKey, Event("usage_event", "e1", minute: 2).ObjectKey);
        Assert.Equal(Event("usage_event", "e1", minute: 1).ObjectKey, Event("usage_event", "e1", minute: 1).ObjectKey);
        Assert.Equal(Event("ticket", "e1", minute: 1).ObjectKey, Event("ticket", "e1", minute: 2).ObjectKey);
    }

    [Fact]
    public void Which_types_are_events_is_a_setting()
    {
        var events = From(("Events:Types", "page_view, click"));
        Assert.True(events.Include("page_view") && events.Include("click"));
        Assert.False(events.Include("usage_event"));
        Assert.True(From().Include("usage_event"));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("00:10:00")]
    [InlineData("9999.00:00:00")]
    public void A_retention_that_cannot_be_is_refused_with_what_to_write(string text) =>
        Assert.Contains("Write 90.00:00:00", Assert.Throws<SettingsException>(() => From(("Events:Retention", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_day_of_the_retention_and_two_ahead_has_a_part()
    {
        var days = EventDays.Kept(Now, TimeSpan.FromDays(3)).ToList();
        Assert.Equal([new(2026, 11, 21), new(2026, 11, 22), new(2026, 11, 23), new(2026, 11, 24), new(2026, 11, 25), new DateOnly(2026, 11, 26)], days);
        Assert.All(days, day => Assert.Equal(day, EventDays.DayOf(EventDays.Part(day))));
    }

    [Fact]
    public void A_day_is_over_only_when_all_of_it_is_older_than_the_retention()
    {
        Assert.False(EventDays.IsOver(new(2026, 11, 21), Now, TimeSpan.FromDays(3)));
        Assert.True(EventDays.IsOver(new(2026, 11, 20), Now, TimeSpan.FromDays(3)));
        Assert.Null(EventDays.DayOf("events_rest"));
    }

    private static Child Event(string type, string nativeId, int minute) => Pipeline.Gatekeeper.Deciding.Child.Read(
        System.Text.Encoding.UTF8.GetBytes($$"""{"source":"product","object_type":"{{type}}","native_id":"{{nativeId}}","observed_at":"2026-11-24T09:{{minute:00}}:00Z","user_id":"u"}"""),
        null, null, ChildKinds.Default).Message!;

    private static UsageEvents From(params (string Key, string Value)[] settings) =>
        UsageEvents.From(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build());
}
