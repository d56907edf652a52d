using Pipeline.Cli.Demo;
using Pipeline.Cli.Screens;

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
}
