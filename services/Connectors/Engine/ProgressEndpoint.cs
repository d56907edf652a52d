using Microsoft.AspNetCore.Routing;

namespace Pipeline.Connectors.Engine;

/// <summary><c>GET /operations/progress</c>: what every feed is doing, how far it is, and what went wrong last.</summary>
public static class ProgressEndpoint
{
    public static void MapProgress(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/progress", (ProgressBoard board) => TypedResults.Json(board.Report(), ProgressJson.Default.ProgressReport));
}
