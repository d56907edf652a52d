using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pipeline.Hosting.Operations;

/// <summary>How operations endpoints answer, and how they read what is ordered.</summary>
public static class Reports
{
    public static ContentHttpResult Json<T>(T report, JsonTypeInfo<T> type) => TypedResults.Text(JsonSerializer.Serialize(report, type), "application/json");

    /// <summary>What was sent, or null where that is none.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Done, or what stands in the way.</summary>
    public static Results<NoContent, ProblemHttpResult> Told(string? refused) =>
        refused is null ? TypedResults.NoContent() : TypedResults.Problem(refused, statusCode: StatusCodes.Status400BadRequest);
}
