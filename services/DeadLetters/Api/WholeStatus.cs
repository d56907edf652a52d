using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Search;

namespace Pipeline.DeadLetters.Api;

/// <summary>The whole pipeline at a glance; what does not answer is left empty and said to be out of reach.</summary>
public sealed class WholeStatus(Neighbours neighbours, NpgsqlDataSource database, QueueDepths queues)
{
    public async Task<StatusReport> ReadAsync(CancellationToken cancellation)
    {
        var health = await Task.WhenAll(Neighbours.All.Select(async service =>
        {
            var (state, detail) = await neighbours.HealthAsync(service, cancellation);
            return new ServiceHealth(service, state, detail);
        }));
        var feeds = neighbours.AskAsync(Neighbours.Connectors, "/operations/progress", PipelineJson.Report.IReadOnlyListFeedProgress, cancellation);
        var gatekeeper = neighbours.AskAsync(Neighbours.Gatekeeper, "/operations/status", PipelineJson.Report.GatekeeperStatus, cancellation);
        var systemOfRecord = neighbours.AskAsync(Neighbours.SystemOfRecord, "/operations/status", PipelineJson.Report.SystemOfRecordStatus, cancellation);
        var webhooks = neighbours.AskAsync(Neighbours.Connectors, "/operations/webhooks", PipelineJson.Report.IReadOnlyListWebhookProgress, cancellation);
        var depths = await queues.ReadAsync(cancellation);
        return new StatusReport(
            [.. health, new ServiceHealth("dead-letters", "ready", null), depths is null ? new ServiceHealth("broker", "out_of_reach", QueueDepths.OutOfReach) : new ServiceHealth("broker", "ready", null)],
            (await feeds).Value ?? [],
            (await gatekeeper).Value,
            (await systemOfRecord).Value,
            await LetterQuery.CountsAsync(database, cancellation),
            depths ?? new Dictionary<string, long>())
        {
            Webhooks = (await webhooks).Value ?? [],
            Answered = await LetterQuery.CountAsync(database, LetterQuery.Offered, cancellation),
        };
    }
}
