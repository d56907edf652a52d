using Pipeline.Cli.Demo;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

/// <summary>Reports of a small pipeline at rest that is as it must be; the tests change one thing each.</summary>
internal static class Reports
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static GatekeeperStatus Gatekeeper { get; } = new(2, 75, 0, 5, [
        new ObjectLine("portal", "booking", 40, 0, Counts(("message_invalid", 3), ("account_id_missing", 1))),
        new ObjectLine("desk", "ticket", 100, 2, Counts(("account_id_missing", 4))),
        new ObjectLine("(unknown)", "(unreadable)", 0, 0, Counts(("message_unreadable", 2))),
    ]);

    public static StatusReport Status { get; } = new(
        [new("connectors", "ready", null), new("system-of-record", "ready", null), new("gatekeeper", "ready", null), new("dead-letters", "ready", null)],
        [new("crm", "accounts", "caught_up", 30, 30, 0, 30, null, null), new("desk", "tickets", "caught_up", 106, 106, 0, null, null, null)],
        Gatekeeper,
        new SystemOfRecordStatus(Counts(("admitted", 20), ("refused", 5)), Counts(("crm", 30))),
        Counts(("account_id_missing", 8), ("message_invalid", 3), ("message_unreadable", 2)),
        Counts(("gatekeeper-children", 0), ("dead-letters", 0)));

    public static PipelineLedger Ledger { get; } = new()
    {
        Balanced = true, Received = 190, Accepted = 170, Parked = 2, DeadLettered = 13, Superseded = 1, Duplicates = 4,
        Sources = new Dictionary<string, LedgerSum> { ["portal"] = new(46, 40, 0, 4, 1, 1), ["desk"] = new(109, 100, 2, 4, 0, 3) },
        Streams = new Dictionary<string, LedgerSum>(),
        InFlight = new InFlight(Counts(("gatekeeper-children", 0)), 0, 0),
        Mistakes = [],
    };

    public static SimulatorProgress Progress { get; } = new(
        new Dictionary<string, IReadOnlyList<RowCount>> { ["crm"] = [new("Account", 30, 30, 30)], ["desk"] = [new("tickets", 106, 106, 106)] }, new Dictionary<string, Published> { ["portal"] = new(47, 47) });

    public static Truth Truth { get; } = new(
        new TrueAccounts(Counts(("admitted", 20), ("refused", 5)), Counts(("account_id_missing", 3))),
        new Dictionary<string, IReadOnlyDictionary<string, TrueObjects>>
        {
            ["portal"] = new Dictionary<string, TrueObjects> { ["booking"] = new(40, 0, Counts(("message_invalid", 3), ("account_id_missing", 1))) },
            ["desk"] = new Dictionary<string, TrueObjects> { ["ticket"] = new(100, 2, Counts(("account_id_missing", 4))) },
            ["unknown"] = new Dictionary<string, TrueObjects> { ["unknown"] = new(0, 0, Counts(("message_unreadable", 2))) },
        });

    public static Moment Moment { get; } = new(Noon, Status, Ledger, Progress, Truth, []);

    /// <summary>The same moment, seen again and again for so many seconds.</summary>
    public static Picture After(this Moment moment, int seconds) => Enumerable.Range(0, seconds + 1)
        .Aggregate(Picture.Starting(Noon), (picture, second) => picture.After(moment with { At = Noon.AddSeconds(second) }));

    public static Dictionary<string, long> Counts(params (string Name, long Count)[] counts) => counts.ToDictionary(count => count.Name, count => count.Count);
}
