using System.CommandLine;
using Pipeline.Cli.Commands;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Cli.Office;

namespace Pipeline.Cli.Demo;

internal static class DemoCommand
{
    private const int DefaultTimeout = 300;

    public static ExampledCommand Of(Terminal terminal)
    {
        var once = new Option<bool>("--once") { Description = "End when the flow has settled: with 0 if the ledger balances and everything is where the simulated data must lead it, else with 1." };
        var timeout = new Option<int>("--timeout") { HelpName = "SECONDS", Description = "With --once: end with 1 if it has not settled by then, and say what is open.", DefaultValueFactory = _ => DefaultTimeout };
        timeout.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && int.TryParse(given.Tokens[0].Value, out var seconds) && seconds < 1) given.AddError("--timeout takes 1 second or more.");
        });
        var record = new Option<FileInfo?>("--record") { HelpName = "FILE.svg", Description = "Write the last live frame before the final table as an SVG picture." };
        record.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<FileInfo?>() is { Directory.Exists: false } file) given.AddError($"--record: there is no folder {file.DirectoryName}.");
        });
        var command = new ExampledCommand(
            "demo", "The flow of the simulated vendors as it runs, and where everything is in the end. `make demo` starts all that it needs.",
            "pipeline demo", "pipeline demo --once --timeout 120", "pipeline demo --once --record docs/demo.svg") { once, timeout, record };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            using var simulator = SimulatorClient.Of(terminal);
            var film = new Film(new Watch(office, simulator, terminal.Time), terminal.Time);
            var options = new DemoOptions(asked.GetValue(once), TimeSpan.FromSeconds(asked.GetValue(timeout)), asked.GetValue(record));
            return await new DemoRun(terminal, film, new Stories(office, simulator), options).RunAsync(cancellation);
        });
        return command;
    }
}
