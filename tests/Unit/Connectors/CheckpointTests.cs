using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class CheckpointTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Feed Ordered = new() { Name = "items", Lag = TimeSpan.FromMinutes(5), First = null!, Read = null!, Map = null! };
    private static readonly Feed Unordered = Ordered with { OrderedByCursor = false };
    private static readonly VendorRequest More = new("/more");

    [Fact]
    public void While_it_is_not_known_how_far_an_overlap_reaches_nothing_but_what_exceeds_the_bound_is_forgotten()
    {
        var old = RecentRecords.None.With([(Id(1), Noon)], TimeSpan.FromMinutes(5));
        var during = old.With([(Id(2), Noon.AddHours(1))], null);
        Assert.True(during.Contains(Id(1)));
        Assert.False(during.With([], TimeSpan.FromMinutes(5)).Contains(Id(1)));
        Assert.Equal(RecentRecords.Most, old.With(Enumerable.Range(10, RecentRecords.Most + 5).Select(number => (Id(number), (DateTimeOffset?)Noon)), null).Count);
    }

    [Fact]
    public void In_an_ordered_feed_each_page_moves_the_cursor()
    {
        var checkpoint = Begin(new Checkpoint(), Ordered, Noon).After(Ordered, Page("10", More), RecentRecords.None, new Counts(), Noon);
        Assert.Equal("10", checkpoint.Cursor);
        Assert.Equal(More, checkpoint.Pass!.Next);
    }

    [Fact]
    public void Without_order_only_the_end_of_the_pass_moves_the_cursor()
    {
        var half = Begin(new Checkpoint { Cursor = "1" }, Unordered, Noon).After(Unordered, Page("10", More), RecentRecords.None, new Counts(), Noon);
        Assert.Equal("1", half.Cursor);
        Assert.Equal("10", half.Pass!.Pass.Newest);
        var whole = half.After(Unordered, Page("9", null), RecentRecords.None, new Counts(), Noon);
        Assert.Equal("9", whole.Cursor);
        Assert.Null(whole.Pass);
    }

    [Fact]
    public void The_lag_is_kept_until_a_pass_that_began_after_it_found_nothing_newer()
    {
        var moved = Whole(new Checkpoint(), "10", Noon);
        Assert.Equal(Ordered.Lag, moved.StartOf(Ordered, Noon).Lag);
        var tooEarly = Whole(moved, "10", Noon.AddMinutes(4));
        Assert.Equal(Ordered.Lag, tooEarly.StartOf(Ordered, Noon).Lag);
        var after = Whole(tooEarly, "10", Noon.AddMinutes(5));
        Assert.Equal(TimeSpan.Zero, after.StartOf(Ordered, Noon).Lag);
        Assert.Equal(TimeSpan.Zero, Whole(after, "10", Noon.AddMinutes(6)).StartOf(Ordered, Noon).Lag);
        Assert.Equal(Ordered.Lag, Whole(after, "11", Noon.AddMinutes(7)).StartOf(Ordered, Noon).Lag);
    }

    [Fact]
    public void A_pass_that_found_something_newer_does_not_end_the_lag_even_if_it_ends_where_it_began()
    {
        var old = new Checkpoint { Cursor = "10", CursorMovedAt = Noon };
        var first = Begin(old, Ordered, Noon.AddHours(1)).After(Ordered, Page("11", More), RecentRecords.None, new Counts(), Noon.AddHours(1));
        Assert.False(first.After(Ordered, Page("11", null), RecentRecords.None, new Counts(), Noon.AddHours(1)).Settled);
    }

    [Fact]
    public void A_pass_that_lingers_near_the_present_makes_the_next_one_start_that_much_further_back_for_what_came_up_behind_it()
    {
        var half = Begin(new Checkpoint { Cursor = "1" }, Ordered, Noon).After(Ordered, Page(Stamp(Noon.AddMinutes(-1)), More), RecentRecords.None, new Counts(), Noon);
        var resumed = half.Answered(Ordered, half.StartOf(Ordered, Noon), Noon.AddMinutes(20)); // it was down for twenty minutes
        Assert.Equal(Ordered.Lag + TimeSpan.FromMinutes(20), resumed.Abandon().StartOf(Ordered, Noon).Lag);
        var whole = resumed.After(Ordered, Page(Stamp(Noon.AddMinutes(19)), null), RecentRecords.None, new Counts(), Noon.AddMinutes(20));
        Assert.Equal(Ordered.Lag + TimeSpan.FromMinutes(20), whole.StartOf(Ordered, Noon).Lag);
        Assert.Equal(Ordered.Lag, Whole(whole, Stamp(Noon.AddMinutes(19)), Noon.AddMinutes(21)).StartOf(Ordered, Noon).Lag);
    }

    [Fact]
    public void A_pass_that_takes_long_over_old_records_leaves_nothing_behind()
    {
        var half = Begin(new Checkpoint(), Ordered, Noon).After(Ordered, Page(Stamp(Noon.AddDays(-2)), More), RecentRecords.None, new Counts(), Noon);
        var whole = half.Answered(Ordered, half.StartOf(Ordered, Noon), Noon.AddHours(10)).After(Ordered, Page(Stamp(Noon.AddHours(10)), null), RecentRecords.None, new Counts(), Noon.AddHours(10));
        Assert.Equal(Ordered.Lag, whole.StartOf(Ordered, Noon).Lag);
    }

    [Fact]
    public void A_list_without_order_caps_its_own_cursor_and_one_without_lag_needs_no_overlap()
    {
        foreach (var feed in (Feed[])[Unordered, Ordered with { Lag = TimeSpan.Zero }])
        {
            var half = Begin(new Checkpoint { Cursor = "1" }, feed, Noon).After(feed, Page("10", More), RecentRecords.None, new Counts(), Noon);
            var whole = half.Answered(feed, half.StartOf(feed, Noon), Noon.AddMinutes(20)).After(feed, Page("20", null), RecentRecords.None, new Counts(), Noon.AddMinutes(20));
            Assert.Equal(feed.Lag, whole.StartOf(feed, Noon).Lag);
        }
    }

    [Fact]
    public void A_page_without_a_cursor_leaves_it()
    {
        var checkpoint = Whole(new Checkpoint { Cursor = "7" }, null, Noon);
        Assert.Equal("7", checkpoint.Cursor);
    }

    [Fact]
    public void What_is_stored_is_what_comes_back()
    {
        var checkpoint = Begin(new Checkpoint { Cursor = "1" }, Ordered, Noon)
            .After(Ordered, new Page([], VendorRequest.Post("/x", "{\"a\":1}") with { Headers = new Dictionary<string, string> { ["h"] = "v" } }, "2", 77), RecentRecords.None, new Counts(1, 2, 3, 4), Noon);
        var json = JsonSerializer.Serialize(Position.Of(checkpoint), CheckpointJson.Default.Position);
        var back = JsonSerializer.Deserialize(json, CheckpointJson.Default.Position)!.With(RecentRecords.None, checkpoint.Counts);
        Assert.Equal(json, JsonSerializer.Serialize(Position.Of(back), CheckpointJson.Default.Position));
        Assert.Equal(checkpoint.Pass!.Next!.Body, back.Pass!.Next!.Body);
        Assert.Equal("v", back.Pass.Next.Headers!["h"]);
        Assert.Equal((checkpoint.Pass.Pass, 77L, checkpoint.Counts), (back.Pass.Pass, back.Pass.Total, back.Counts));
    }

    [Fact]
    public void Recent_records_are_those_within_the_lag_of_the_newest_and_never_more_than_the_most()
    {
        var (old, edge, newest) = (Id(1), Id(2), Id(3));
        var recent = RecentRecords.None.With([(old, Noon), (edge, Noon.AddMinutes(1)), (newest, Noon.AddMinutes(6))], TimeSpan.FromMinutes(5));
        Assert.False(recent.Contains(old));
        Assert.True(recent.Contains(edge));
        Assert.True(recent.Contains(newest));
        Assert.Equal(Noon.AddMinutes(6), recent.Newest);
        Assert.Equal(2, recent.With([(newest, Noon.AddMinutes(6))], TimeSpan.FromMinutes(5)).Count);

        var many = recent.With(Enumerable.Range(10, RecentRecords.Most + 5).Select(number => (Id(number), (DateTimeOffset?)Noon.AddMinutes(6))), TimeSpan.FromMinutes(5));
        Assert.Equal(RecentRecords.Most, many.Count);
        Assert.True(many.Contains(Id(RecentRecords.Most + 14)));
    }

    [Fact]
    public void Recent_records_survive_being_stored()
    {
        var recent = RecentRecords.None.With([(Id(1), Noon), (Id(2), null)], TimeSpan.FromMinutes(5));
        var back = RecentRecords.FromBytes(recent.ToBytes());
        Assert.Equal((2, recent.Newest), (back.Count, back.Newest));
        Assert.True(back.Contains(Id(1)) && back.Contains(Id(2)));
        Assert.Equal(0, RecentRecords.FromBytes([]).Count);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static string Stamp(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static Page Page(string? cursor, VendorRequest? next) => new([], next, cursor);

    private static Checkpoint Begin(Checkpoint checkpoint, Feed feed, DateTimeOffset now) => checkpoint.Answered(feed, checkpoint.StartOf(feed, now), now);

    private static Checkpoint Whole(Checkpoint checkpoint, string? cursor, DateTimeOffset now) =>
        Begin(checkpoint, Ordered, now).After(Ordered, Page(cursor, null), RecentRecords.None, new Counts(), now);
}
