using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Checking;

/// <summary><c>GET /operations/check</c>: the systems there are. <c>GET /operations/check/{system}</c>: whether one can be read.</summary>
public static class CheckEndpoint
{
    public static void MapCheck(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/check", (SystemChecks checks) => Json(JsonSerializer.Serialize(checks.Systems, PipelineJson.Report.IReadOnlyListSystemLine)));
        routes.MapGet("/check/{system}", async Task<Results<ContentHttpResult, NotFound>> (string system, SystemChecks checks, CancellationToken cancellation) =>
            await checks.CheckAsync(system, cancellation) is { } report ? Json(JsonSerializer.Serialize(report, PipelineJson.Report.CheckReport)) : TypedResults.NotFound());
    }

    private static ContentHttpResult Json(string report) => TypedResults.Text(report, "application/json");
}
