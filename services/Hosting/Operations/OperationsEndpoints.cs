using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pipeline.Hosting.Storage;

namespace Pipeline.Hosting.Operations;

/// <summary>What every service answers over HTTP: whether it lives, whether it is ready, and, to who has the key, what it knows.</summary>
public static class OperationsEndpoints
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>, and returns the guarded group <c>/operations</c>.</summary>
    public static RouteGroupBuilder MapOperations(this WebApplication app)
    {
        app.MapHealth();
        return app.MapGuarded("/operations");
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = WriteAsync });
    }

    /// <summary>A group that answers only to who has the key.</summary>
    private static RouteGroupBuilder MapGuarded(this WebApplication app, string prefix)
    {
        var key = app.Services.GetRequiredService<Settings>().OperationsKey;
        var group = app.MapGroup(prefix);
        group.AddEndpointFilter(async (context, next) => Holds(context.HttpContext, key) ? await next(context) : Refused(key));
        return group.SayingWhereTheDatabaseIsAway();
    }

    /// <summary>A group that says so where the database does not answer.</summary>
    public static RouteGroupBuilder SayingWhereTheDatabaseIsAway(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (NpgsqlException exception) when (Transient.Is(exception))
            {
                return Results.Problem("The database does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        return group;
    }

    /// <summary>Compares in constant time, so that the key cannot be guessed piece by piece.</summary>
    private static bool Holds(HttpContext context, string? key) =>
        key is not null
        && context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[7..])), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static IResult Refused(string? key) => key is null
        ? Results.Problem("PIPELINE_KEY is not set for this service, so its operations answer nobody.", statusCode: StatusCodes.Status403Forbidden)
        : Results.Problem("Send the operations key: Authorization: Bearer <PIPELINE_KEY>.", statusCode: StatusCodes.Status401Unauthorized);

    private static Task WriteAsync(HttpContext context, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport report) =>
        context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString().ToLowerInvariant(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString().ToLowerInvariant()),
        });
}
