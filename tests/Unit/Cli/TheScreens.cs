using System.Text;
using Pipeline.Cli.Demo;
using Pipeline.Cli.Screens;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheScreens
{
    [Fact]
    public void The_ledger_is_an_equation_a_row() => Assert.Equal(
        """
        SOURCE  RECEIVED  = ACCEPTED  + PARKED  + DEAD-LETTERED  + SUPERSEDED  + DUPLICATES
        desk         109         100         2                4             0             3
        portal        46          40         0                4             1             1
        total        190         170         2               13             1             4

        balanced: every message is in exactly one place
        in flight: nothing

        """, Printed.Text(LedgerScreen.Of(Reports.Ledger)), ignoreLineEndingDifferences: true);

    [Fact]
    public void A_ledger_that_does_not_balance_says_where()
    {
        var text = Printed.Text(LedgerScreen.Of(Reports.Ledger with { Balanced = false, Mistakes = ["gatekeeper: child-object-received from desk: 1 is missing"] }));

        Assert.Contains("not balanced:\n  gatekeeper: child-object-received from desk: 1 is missing\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("exactly one place", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_flight_is_told() => Assert.Equal(
        "in flight: 7 in dead-letters, 3 announcements to be said, 2 dead letters on the way to the office",
        LedgerScreen.Flight(new InFlight(Reports.Counts(("dead-letters", 7), ("gatekeeper-children", 0)), 3, 2)));

    [Fact]
    public void The_status_shows_a_service_that_does_not_answer()
    {
        var text = Printed.Text(StatusScreen.Of(Reports.Status with { Gatekeeper = null, Services = [new("gatekeeper", "out_of_reach", "Connection refused")] }));

        Assert.Contains("gatekeeper  out_of_reach  Connection refused\n", text, StringComparison.Ordinal);
        Assert.Contains("Objects\n  it does not answer\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BK\u001b[31m1", "BK\\u001b[31m1")]
    [InlineData("a\nb", "a\\u000ab")]
    [InlineData("a\u200bb\u202ec", "a\\u200bb\\u202ec")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    public void Texts_from_outside_cannot_draw_on_the_terminal(string id, string shown) =>
        Assert.Contains(shown, Printed.Text(WhyScreen.Of(new WhyReport("portal", "booking", id, "It is in.", [], [], []))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1,"b":"ü"}""", "{\n  \"a\": 1,\n  \"b\": \"ü\"\n}")]
    [InlineData("""{"a":1""", """{"a":1""")]
    [InlineData("", "(the body is empty)")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    public void A_body_of_text_is_laid_out_or_shown_as_it_is(string body, string shown) => Assert.Equal(shown, LetterBody.Of(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_body_that_is_not_text_is_shown_as_bytes() => Assert.Equal(
        "(not text; 18 bytes)\n00000000  ff fe 41 42 00 00 00 00 00 00 00 00 00 00 00 00  ..AB............\n00000010  00 43                                            .C",
        LetterBody.Of([0xff, 0xfe, 0x41, 0x42, .. new byte[13], 0x43]));

    [Fact]
    public void The_live_picture_fits_a_terminal_of_80_by_24()
    {
        var picture = Reports.Moment.After(seconds: 3);
        var lines = Printed.Text(LiveScreen.Of(picture, Standing.Of(picture), columns: 80), width: 80).Split('\n');

        Assert.InRange(lines.Length, 15, 24);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.StartsWith("crm ", StringComparison.Ordinal) && line.Contains("30 of 30", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("everything is where it must be", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_drawn_over_is_a_line_a_moment()
    {
        var (first, last) = (Picture.Starting(Reports.Noon), Reports.Moment.After(seconds: 75));

        Assert.Equal(
            "00:00  received - (0/s)  accepted -  parked -  released -  dead-lettered -  duplicates -  queued 0  feeds caught up 0 of 0  open: the services have not yet answered",
            ProgressLine.Of(first, Standing.Of(first)));
        Assert.Equal(
            "01:15  received 190 (0/s)  accepted 170  parked 2  released 5  dead-lettered 13  duplicates 4  queued 0  feeds caught up 2 of 2",
            ProgressLine.Of(last, Standing.Of(last)));
    }

    [Fact]
    public void Messages_a_second_are_those_of_the_last_seconds()
    {
        var picture = Enumerable.Range(0, 11).Aggregate(Picture.Starting(Reports.Noon), (picture, second) =>
            picture.After(Reports.Moment with { At = Reports.Noon.AddSeconds(second), Ledger = Reports.Ledger with { Received = second <= 5 ? 0 : (second - 5) * 100 } }));

        Assert.Equal(100, picture.Rate);
        Assert.Equal(0, (picture with { At = Reports.Noon.AddSeconds(60) }).Rate);
    }

    [Fact]
    public void The_picture_for_a_page_holds_the_same_words()
    {
        var picture = Reports.Moment.After(seconds: 3);
        var svg = SvgPicture.Of(LiveScreen.Of(picture, Standing.Of(picture), SvgPicture.Columns));

        var root = System.Xml.Linq.XDocument.Parse(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.Contains(root.Descendants(), text => text.Name.LocalName == "text" && text.Value.StartsWith("account pipeline", StringComparison.Ordinal));
        var row = root.Descendants().Single(text => text.Value == "crm").Attribute("y")!.Value;
        Assert.Equal(["crm", "30 of 30", "caught up", "portal", "47 of 47", "all sent"], root.Descendants().Where(text => text.Attribute("y")?.Value == row && !text.Value.Contains('━', StringComparison.Ordinal)).Select(text => text.Value));
        Assert.Contains("prefers-color-scheme:dark", svg, StringComparison.Ordinal);
    }
}
