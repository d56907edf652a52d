using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

internal static class StatusCommand
{
    public static ExampledCommand Of(Terminal terminal) => new ExampledCommand(
            "status", "The whole pipeline at a glance: services, feeds, accounts, objects, dead letters, queues.", "pipeline status", "pipeline status --json | jq .queues")
        .Asking(terminal, _ => "status", PipelineJson.Report.StatusReport, StatusScreen.Of, End);

    /// <summary>Each service that is not ready is named on standard error.</summary>
    public static Ending End(StatusReport status)
    {
        var errors = status.Services.Where(service => service.State != "ready").Select(service => $"{service.Service} is {service.State.Replace('_', ' ')}: {service.Detail}").ToList();
        return errors.Count == 0 ? Ending.Done : new Ending(Exit.OutOfReach, errors);
    }
}
