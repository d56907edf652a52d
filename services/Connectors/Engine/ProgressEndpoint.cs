using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Engine;

/// <summary><c>GET /operations/progress</c>: what every feed is doing, how far it is, and what went wrong last, and how its records have changed; in the words of the contracts.</summary>
public static class ProgressEndpoint
{
    public static void MapProgress(this IEndpointRouteBuilder routes) => routes.MapGet("/progress", (ProgressBoard board, TimeProvider time) =>
        TypedResults.Text(Json(board.Report(), time.GetUtcNow()), "application/json"));

    public static string Json(IEnumerable<FeedSnapshot> feeds, DateTimeOffset now) =>
        JsonSerializer.Serialize([.. feeds.Select(feed => Told(feed, now))], PipelineJson.Report.IReadOnlyListFeedProgress);

    private static Contracts.Operations.FeedProgress Told(FeedSnapshot feed, DateTimeOffset now) => new(
        feed.System, feed.Feed, JsonNamingPolicy.SnakeCaseLower.ConvertName(feed.State.ToString()), feed.Read, feed.Published, feed.Unmappable,
        feed.PassTotal, (feed.EstimatedEnd - now)?.TotalSeconds, feed.LastError)
    {
        Drift = [.. feed.Drift.Select(drift => new SchemaDrift(drift.Field, drift.Word, drift.Was, drift.Is, drift.At))],
    };
}
