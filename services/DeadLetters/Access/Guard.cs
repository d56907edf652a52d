using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.Hosting.Operations;

namespace Pipeline.DeadLetters.Access;

/// <summary>Lets in who has a key, or is known to the identity provider, and each only to what their role may do.</summary>
internal static class Guard
{
    /// <summary>
    /// A group of endpoints that readers may use, unless one of them asks for more; and that tell of all sources, unless one of them says
    /// that it keeps to those of the caller.
    /// </summary>
    public static RouteGroupBuilder MapOffice(this WebApplication app, string prefix)
    {
        var (keys, organisation) = (app.Services.GetRequiredService<Keys>(), app.Services.GetService<OrganisationSignIn>());
        var group = app.MapGroup(prefix);
        group.AddEndpointFilter(async (context, next) =>
        {
            var caller = Caller.Find(context.HttpContext, keys) ?? (organisation is null ? null : await organisation.FindAsync(context.HttpContext));
            if (caller is null) return Unknown(keys, organisation);
            var metadata = context.HttpContext.GetEndpoint()?.Metadata;
            if (metadata?.GetMetadata<Needs>()?.Role is { } needed && caller.Role < needed) return Refused($"This needs the role {needed.ToString().ToLowerInvariant()}; yours is that of a {caller.RoleName}.");
            if (caller.Sources is { } sources && metadata?.GetMetadata<KeepsToSources>() is null) return Refused($"Your role is for {string.Join(", ", sources)} only, and this tells of all sources.");
            context.HttpContext.Items[typeof(Caller)] = caller;
            var answer = await next(context);
            return caller.SeesPersonalData ? answer : Masked(answer);
        });
        group.ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return group.SayingWhereTheDatabaseIsAway();
    }

    /// <summary>Only for this role and those above it.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Role role) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needs(role));

    /// <summary>Also for those whose role is for some sources only: it keeps to these.</summary>
    public static TBuilder BySource<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new KeepsToSources());

    public static ProblemHttpResult Refused(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status403Forbidden);

    /// <summary>No answer tells a reader who a person is, whichever endpoint gives it. An address within a JSON text holds no quote, so the text stays JSON.</summary>
    private static object? Masked(object? answer) => ((answer as INestedHttpResult)?.Result ?? answer) is IReport report ? report.Saying(Mask.Text(report.Text)) : answer;

    private static ProblemHttpResult Unknown(Keys keys, OrganisationSignIn? organisation) => keys.AreNone && organisation is null
        ? Refused("PIPELINE_KEY is not set for this service, so it answers nobody.")
        : TypedResults.Problem($"Send a key: Authorization: Bearer <PIPELINE_KEY>{(organisation is null ? "" : $", or an access token of {organisation.Title} that is granted a role")}.", statusCode: StatusCodes.Status401Unauthorized);

    private sealed record Needs(Role Role);

    private sealed record KeepsToSources;
}
