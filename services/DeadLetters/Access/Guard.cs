using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.Hosting.Operations;

namespace Pipeline.DeadLetters.Access;

/// <summary>Lets in who has a key, and each only to what its role may do.</summary>
internal static class Guard
{
    /// <summary>A group of endpoints that readers may use, unless one of them asks for more.</summary>
    public static RouteGroupBuilder MapOffice(this WebApplication app, string prefix)
    {
        var keys = app.Services.GetRequiredService<Keys>();
        var group = app.MapGroup(prefix);
        group.AddEndpointFilter(async (context, next) =>
        {
            if (Caller.Find(context.HttpContext, keys) is not { } caller) return Unknown(keys);
            var needed = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Needs>()?.Role ?? Role.Reader;
            if (caller.Role < needed) return Results.Problem($"This needs the role {needed.ToString().ToLowerInvariant()}; your key is that of a {caller.RoleName}.", statusCode: StatusCodes.Status403Forbidden);
            context.HttpContext.Items[typeof(Caller)] = caller;
            var answer = await next(context);
            return caller.SeesPersonalData ? answer : Masked(answer);
        });
        return group.SayingWhereTheDatabaseIsAway();
    }

    /// <summary>Only for this role and those above it.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Role role) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needs(role));

    /// <summary>No answer tells a reader who a person is, whichever endpoint gives it. An address within a JSON text holds no quote, so the text stays JSON.</summary>
    private static object? Masked(object? answer) =>
        ((answer as INestedHttpResult)?.Result ?? answer) is ContentHttpResult { ResponseContent: { } text } told ? TypedResults.Text(Mask.Text(text), told.ContentType, statusCode: told.StatusCode) : answer;

    private static IResult Unknown(Keys keys) => keys.AreNone
        ? Results.Problem("PIPELINE_KEY is not set for this service, so it answers nobody.", statusCode: StatusCodes.Status403Forbidden)
        : Results.Problem("Send a key: Authorization: Bearer <PIPELINE_KEY>.", statusCode: StatusCodes.Status401Unauthorized);

    private sealed record Needs(Role Role);
}
