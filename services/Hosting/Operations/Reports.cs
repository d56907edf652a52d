using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pipeline.Hosting.Operations;

/// <summary>How operations endpoints answer, and how they read what is ordered.</summary>
public static class Reports
{
    public static Report<T> Json<T>(T report, JsonTypeInfo<T> type) => new(JsonSerializer.Serialize(report, type));

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
    public static Results<NoContent, ProblemHttpResult> Told(string? refused) => refused is null ? TypedResults.NoContent() : Wrong(refused);

    /// <summary>What is asked cannot be done as it is written.</summary>
    public static ProblemHttpResult Wrong(string? mistake) => TypedResults.Problem(mistake, statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>An answer in JSON, written already, that knows of which type it is: a description of the endpoints is made from that.</summary>
public interface IReport : IResult
{
    string Text { get; }

    /// <summary>The same with another text.</summary>
    IReport Saying(string text);
}

/// <inheritdoc cref="IReport"/>
public sealed record Report<T>(string Text) : IReport, IEndpointMetadataProvider
{
    private const string Json = "application/json";

    public IReport Saying(string text) => new Report<T>(text);

    public Task ExecuteAsync(HttpContext httpContext) => TypedResults.Text(Text, Json).ExecuteAsync(httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [Json]));
}
