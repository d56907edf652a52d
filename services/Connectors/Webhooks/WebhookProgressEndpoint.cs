using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Webhooks;

/// <summary><c>GET /operations/webhooks</c>: what each endpoint has seen, and what is still to be read.</summary>
public static class WebhookProgressEndpoint
{
    public static void MapWebhookProgress(this IEndpointRouteBuilder routes) => routes.MapGet("/webhooks", async (WebhookBoard board, IKeepDeliveries deliveries, CancellationToken cancellation) =>
        TypedResults.Text(JsonSerializer.Serialize(board.Report(await deliveries.PendingAsync(cancellation)), PipelineJson.Report.IReadOnlyListWebhookProgress), "application/json"));
}
