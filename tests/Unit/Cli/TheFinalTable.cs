using Pipeline.Cli.Demo;
using Pipeline.Cli.Screens;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheFinalTable
{
    private const string Expected =
        """
        SOURCE     OBJECT TYPE           ACCEPTED  PARKED  DEAD-LETTERED
        (unknown)  (unknown)                    0       0              2
                     message_unreadable                                2
        desk       ticket                     100       2              4
                     account_id_missing                                4
        portal     booking                     40       0              4
                     account_id_missing                                1
                     message_invalid                                   3
        total                                 140       2             10

        ACCOUNTS  STATE
              20  admitted
               5  refused

        ACCOUNT RECORDS DEAD-LETTERED  REASON
                                    3  account_id_missing

        """;

    [Fact]
    public void It_is_fixed_width_text() => Assert.Equal(Expected, Printed.Text(FinalTable.Of(EndState.Of(Reports.Status)!)), ignoreLineEndingDifferences: true);

    [Fact]
    public void Neither_order_nor_repeats_nor_time_change_it()
    {
        var again = Reports.Status with
        {
            Gatekeeper = Reports.Gatekeeper with { Objects = [.. Reports.Gatekeeper.Objects.Reverse()], OldestParkedSeconds = 9, Released = 77 },
            Feeds = [Reports.Status.Feeds[0] with { Read = 3000, Published = 2999 }],
            DeadLetters = Reports.Status.DeadLetters.Reverse().ToDictionary(),
        };

        Assert.Equal(Printed.Text(FinalTable.Of(EndState.Of(Reports.Status)!)), Printed.Text(FinalTable.Of(EndState.Of(again)!)));
    }

    [Fact]
    public void Many_sources_and_types_are_grouped_and_fit_80_columns()
    {
        var objects = Enumerable.Range(0, 16).SelectMany(source => Enumerable.Range(0, 3).Select(type =>
            new ObjectLine($"source-{source:00}", $"subscription_{type}", 12_345, 678, Reports.Counts(("account_never_appeared", 9))))).ToList();

        var lines = Printed.Text(FinalTable.Of(EndState.Of(Reports.Status)! with { Objects = objects }), width: 80).Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(
            ["source-03  subscription_0", "           subscription_1", "           subscription_2", "source-04  subscription_0"],
            lines.Where(line => line.Contains("subscription_", StringComparison.Ordinal)).Skip(9).Take(4).Select(line => line[..25]));
    }

    [Fact]
    public void The_status_names_the_source_on_every_row_for_grep() =>
        Assert.Equal(2, Printed.Text(ObjectTable.Of([new("desk", "ticket", 1, 0, Reports.Counts()), new("desk", "user", 1, 0, Reports.Counts())])).Split("desk").Length - 1);
}
