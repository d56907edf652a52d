using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

internal static class LedgerCommand
{
    public static ExampledCommand Of(Terminal terminal) => new ExampledCommand(
            "ledger", "Where every message is: received = accepted + parked + dead-lettered + superseded + duplicates. Exits with 1 where that does not hold.",
            "pipeline ledger", "pipeline ledger --json | jq .balanced")
        .Asking(terminal, _ => "ledger", PipelineJson.Report.PipelineLedger, LedgerScreen.Of, End);

    /// <summary>The mistakes are on standard error too, so that a script that reads only the exit code has them in its log.</summary>
    public static Ending End(PipelineLedger ledger) => ledger.Balanced ? Ending.Done : new Ending(Exit.Refused, ledger.Mistakes);
}
