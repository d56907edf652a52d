using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The ledger: a row a source, every row an equation.</summary>
public static class LedgerScreen
{
    public static IRenderable Of(PipelineLedger ledger) => new Rows(
        Table(ledger),
        new Text(""),
        Verdict(ledger),
        new Text(Flight(ledger.InFlight), Styles.Quiet));

    /// <summary><c>ledger balanced: received 7 = accepted 4 + ...</c>, or that it is not.</summary>
    public static string Line(PipelineLedger ledger)
    {
        var sum = $"received {ledger.Received} = accepted {ledger.Accepted} + parked {ledger.Parked} + dead-lettered {ledger.DeadLettered} + superseded {ledger.Superseded} + duplicates {ledger.Duplicates}";
        return ledger.Balanced ? $"ledger balanced: {sum}" : $"ledger not balanced: {sum}";
    }

    /// <summary>What is on its way and not yet counted.</summary>
    public static string Flight(InFlight flight)
    {
        var parts = flight.Queues.Where(queue => queue.Value > 0).OrderBy(queue => queue.Key, StringComparer.Ordinal).Select(queue => $"{queue.Value} in {queue.Key}").ToList();
        if (flight.Announcements > 0) parts.Add($"{Shown.Many(flight.Announcements, "announcement")} to be said");
        if (flight.DeadLetters > 0) parts.Add($"{Shown.Many(flight.DeadLetters, "dead letter")} on the way to the office");
        return parts.Count == 0 ? "in flight: nothing" : $"in flight: {string.Join(", ", parts)}";
    }

    private static Table Table(PipelineLedger ledger)
    {
        var table = Aligned.Of("SOURCE", ">RECEIVED", ">= ACCEPTED", ">+ PARKED", ">+ DEAD-LETTERED", ">+ SUPERSEDED", ">+ DUPLICATES");
        foreach (var (source, sum) in ledger.Sources.OrderBy(source => source.Key, StringComparer.Ordinal)) Row(table, source, sum, null);
        Row(table, "total", new LedgerSum(ledger.Received, ledger.Accepted, ledger.Parked, ledger.DeadLettered, ledger.Superseded, ledger.Duplicates), Styles.Heading);
        return table;
    }

    private static void Row(Table table, string source, LedgerSum sum, Style? style) => table.AddRow(
        Shown.Cell(source, style), Shown.Number(sum.Received, style), Shown.Number(sum.Accepted, style), Shown.Number(sum.Parked, style),
        Shown.Number(sum.DeadLettered, style), Shown.Number(sum.Superseded, style), Shown.Number(sum.Duplicates, style));

    private static IRenderable Verdict(PipelineLedger ledger)
    {
        if (ledger.Balanced) return new Text("balanced: every message is in exactly one place", Styles.Good);
        var lines = ledger.Mistakes.Select(IRenderable (mistake) => new Text($"  {Shown.Safe(mistake)}", Styles.Bad));
        return new Rows(lines.Prepend(new Text("not balanced:", Styles.Bad)));
    }
}
