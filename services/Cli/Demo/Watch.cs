using System.Text.Json;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Cli.Office;
using Pipeline.Contracts;

namespace Pipeline.Cli.Demo;

/// <summary>Looks at the running system. A part that does not answer is told, and asked again the next time.</summary>
internal sealed class Watch(OfficeClient office, SimulatorClient simulator, TimeProvider time)
{
    public async Task<Moment> LookAsync(CancellationToken cancellation)
    {
        var (statusAsked, ledgerAsked, progressAsked, truthAsked) = (office.AskAsync("status", cancellation), office.AskAsync("ledger", cancellation), simulator.ProgressAsync(cancellation), simulator.TruthAsync(cancellation));
        var status = await statusAsked is { Body: { } statusBody } ? JsonSerializer.Deserialize(statusBody, PipelineJson.Report.StatusReport) : null;
        var ledger = await ledgerAsked is { Body: { } ledgerBody, ExitCode: Exit.Done } ? JsonSerializer.Deserialize(ledgerBody, PipelineJson.Report.PipelineLedger) : null;
        var progress = await progressAsked;
        var truth = await truthAsked;

        var missing = new List<string>();
        if (status is null) missing.Add("dead-letters is out of reach");
        foreach (var service in status?.Services ?? [])
            if (service.State != "ready") missing.Add($"{service.Service} is {service.State.Replace('_', ' ')}");
        if (missing.Count == 0 && ledger is null) missing.Add("a service is missing from the ledger");
        if (progress is null) missing.Add("the simulator is out of reach");
        return new Moment(time.GetUtcNow(), status, ledger, progress, truth, missing);
    }
}
