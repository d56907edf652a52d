using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Access;

namespace Pipeline.DeadLetters.Api;

/// <summary>The API's own description, made from the endpoints as they are.</summary>
internal static class Description
{
    private const string Document = "office";

    public static void AddDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, PipelineJson.Report);
        });
        services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true; // not the page's own
            options.AddOperationTransformer(TellBodyAsync).AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Dead-letter office";
                document.Info.Version = "1";
                document.Info.Description = "What the pipeline holds and why, and what is done with what it could not use. Every call needs a key or an access token: Authorization: Bearer.";
                document.Servers?.Clear(); // wherever it runs
                return Task.CompletedTask;
            });
        });
    }

    public static void MapDescription(this RouteGroupBuilder api) => api.MapOpenApi("openapi/{documentName}.json").BySource();

    /// <summary>Tells what the body of a request holds. Whoever sends it need not name its media type: there is but one.</summary>
    public static TBuilder Taking<TBuilder>(this TBuilder endpoint, Type type, string mediaType = "application/json") where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Takes(type, mediaType));

    private static async Task TellBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Takes>().SingleOrDefault() is not { } takes) return;
        var schema = await context.GetOrCreateSchemaAsync(takes.Type, null, cancellation);
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [takes.MediaType] = new() { Schema = schema } } };
    }

    private sealed record Takes(Type Type, string MediaType);
}
