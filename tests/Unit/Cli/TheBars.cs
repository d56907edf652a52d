using Pipeline.Cli.Demo;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Cli.Screens;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheBars
{
    [Fact]
    public void A_system_has_one_bar_that_sums_its_feeds_and_a_publisher_has_its_own()
    {
        var bars = Bars([Feed("desk", "tickets", read: 80), Feed("desk", "users", read: 20), Feed("crm", "accounts", read: 30)], Rows("desk", ("tickets", 100), ("users", 20)), ("portal", 5, 47), ("till", 9, 9));

        Assert.Equal(
            [new Bar("crm", 30, null, "caught up"), new Bar("desk", 100, 120, "caught up"), new Bar("portal", 5, 47, "publishing"), new Bar("till", 9, 9, "all sent")], bars);
    }

    [Fact]
    public void Rows_that_a_feed_reads_again_do_not_hide_what_another_lacks()
    {
        var bar = Assert.Single(Bars([Feed("desk", "tickets", read: 40), Feed("desk", "users", read: 500)], Rows("desk", ("Ticket", 100), ("User", 20))));

        Assert.Equal("60 of 120", bar.Count);
    }

    [Fact]
    public void Where_only_the_vendor_says_how_much_there_is_its_word_counts()
    {
        Assert.Equal("30 of 50", Assert.Single(Bars([Feed("crm", "accounts", read: 30, total: 50)])).Count);
        Assert.Equal("60", Assert.Single(Bars([Feed("crm", "accounts", read: 30, total: 50), Feed("crm", "notes", read: 30)])).Count);
    }

    [Theory]
    [InlineData("caught up", "caught_up", "caught_up")]
    [InlineData("reading", "caught_up", "reading")]
    [InlineData("starting", "reading", "starting")]
    [InlineData("paced", "starting", "paced")]
    [InlineData("failing: users", "paced", "failing")]
    [InlineData("failing: tickets and 1 more", "failing", "failing")]
    public void A_system_is_as_its_worst_feed_is_and_what_fails_is_named(string state, string tickets, string users)
    {
        var bar = Assert.Single(Bars([Feed("desk", "tickets", state: tickets), Feed("desk", "users", state: users)]));

        Assert.Equal((state, state.StartsWith("failing", StringComparison.Ordinal)), (bar.State, bar.Fails));
    }

    [Fact]
    public void Fourteen_systems_and_two_publishers_fit_a_terminal_of_80_by_40()
    {
        var picture = Many(failing: "subscriptions");

        var lines = Printed.Text(LiveScreen.Of(picture, Standing.Of(picture), columns: 80), width: 80).TrimEnd('\n').Split('\n');

        Assert.InRange(lines.Length, 24, 40);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.StartsWith("system-04", StringComparison.Ordinal) && line.Contains("19999 of 20000", StringComparison.Ordinal) && line.EndsWith("failing: subscriptions", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("product", StringComparison.Ordinal) && line.Contains("100000 of 100000  all sent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_of_120_columns_shows_them_in_two_read_downwards()
    {
        var picture = Many(failing: null);

        var lines = Printed.Text(LiveScreen.Of(picture, Standing.Of(picture), columns: 120), width: 120).TrimEnd('\n').Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
        Assert.Equal(8, lines.Count(line => line.Contains('━', StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("system-01 ", StringComparison.Ordinal) && line.Contains(" system-09 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("system-08 ", StringComparison.Ordinal) && line.Contains(" product ", StringComparison.Ordinal));
    }

    private static Picture Many(string? failing)
    {
        var names = Enumerable.Range(1, 14).Select(number => $"system-{number:00}").ToList();
        var feeds = names.SelectMany(name => new[] { Feed(name, "customers", read: 10_000), Feed(name, "subscriptions", read: 9_999, state: failing is not null && name == "system-04" ? "failing" : "caught_up") });
        var moment = Reports.Moment with
        {
            Status = Reports.Status with { Feeds = [.. feeds], Queues = Enumerable.Range(1, 9).ToDictionary(number => $"a-queue-with-a-name-{number}", _ => 0L) },
            Simulator = new SimulatorProgress(
                names.ToDictionary(name => name, IReadOnlyList<RowCount> (_) => [new("customers", 10_000, 10_000, 10_000), new("subscriptions", 10_000, 10_000, 9_999)]),
                new Dictionary<string, Published> { ["portal"] = new(474, 474), ["product"] = new(100_000, 100_000) }),
        };
        return moment.After(seconds: 3);
    }

    private static IReadOnlyList<Bar> Bars(FeedProgress[] feeds, IReadOnlyDictionary<string, IReadOnlyList<RowCount>>? rows = null, params (string Name, long Confirmed, long Total)[] publishers) => [.. Bar.All(
        (Reports.Moment with
        {
            Status = Reports.Status with { Feeds = feeds },
            Simulator = new SimulatorProgress(rows ?? new Dictionary<string, IReadOnlyList<RowCount>>(), publishers.ToDictionary(publisher => publisher.Name, publisher => new Published(publisher.Total, publisher.Confirmed))),
        }).After(seconds: 1))];

    private static FeedProgress Feed(string system, string feed, long read = 0, long? total = null, string state = "caught_up") => new(system, feed, state, read, read, 0, total, null, null);

    private static Dictionary<string, IReadOnlyList<RowCount>> Rows(string system, params (string Name, long Total)[] rows) =>
        new() { [system] = [.. rows.Select(row => new RowCount(row.Name, row.Total, row.Total, row.Total))] };
}
