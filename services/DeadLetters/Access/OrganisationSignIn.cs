using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Npgsql;
using Pipeline.DeadLetters.Audit;
using Pipeline.Hosting;
using TokenValidatedContext = Microsoft.AspNetCore.Authentication.OpenIdConnect.TokenValidatedContext;

namespace Pipeline.DeadLetters.Access;

/// <summary>
/// Signing in with the organisation's own identity provider, by OpenID Connect (code flow with PKCE) on the page and by its access tokens
/// on the API: <c>OpenIdConnect:Authority</c>, <c>:ClientId</c>, <c>:ClientSecret</c>, <c>:Grants</c> (<see cref="Access.Grants"/>), and where they differ
/// <c>:Claim</c> (roles), <c>:Audience</c> of access tokens (the client id), <c>:Title</c> on the button.
/// </summary>
/// <param name="Title">Stands on the button.</param>
public sealed record OrganisationSignIn(string Authority, string ClientId, string? ClientSecret, Grants Grants, string Claim, string Audience, string Title)
{
    public const string Path = "/session/organisation";
    private const string Tokens = JwtBearerDefaults.AuthenticationScheme;
    private static readonly string[] NameClaims = ["preferred_username", "name", "email", "client_id", "sub"];

    /// <returns>Null where no authority is set: then there are keys only.</returns>
    /// <exception cref="SettingsException">Something is missing or cannot be read.</exception>
    public static OrganisationSignIn? From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("OpenIdConnect");
        if (settings["Authority"] is not { Length: > 0 } authority) return null;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new SettingsException("OpenIdConnect:Authority is no https address. Write that of the identity provider, under which it has /.well-known/openid-configuration.");
        if (settings["ClientId"] is not { Length: > 0 } client) throw new SettingsException("OpenIdConnect:ClientId is missing: the name under which the identity provider knows this office.");
        return new(authority, client, settings["ClientSecret"], Access.Grants.Read(settings["Grants"]), Given("Claim", "roles"), Given("Audience", client), Given("Title", "your organisation"));

        string Given(string name, string otherwise) => settings[name] is { Length: > 0 } value ? value : otherwise;
    }

    public void AddTo(IServiceCollection services, AuthenticationBuilder authentication)
    {
        services.AddSingleton(this);
        var isLoopback = new Uri(Authority).Scheme == Uri.UriSchemeHttp;
        authentication.AddOpenIdConnect(options =>
        {
            (options.Authority, options.ClientId, options.ClientSecret, options.RequireHttpsMetadata) = (Authority, ClientId, ClientSecret, !isLoopback);
            (options.ResponseType, options.ResponseMode, options.UsePkce, options.MapInboundClaims, options.SaveTokens) = ("code", "query", true, false, false);
            options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax; // it comes back by a link, so no cookie need be sent with a foreign form
            options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events = new OpenIdConnectEvents { OnTokenValidated = ReceiveAsync, OnRemoteFailure = RefuseAsync };
        });
        authentication.AddJwtBearer(Tokens, options =>
        {
            (options.Authority, options.Audience, options.RequireHttpsMetadata, options.MapInboundClaims) = (Authority, Audience, !isLoopback, false);
        });
    }

    /// <summary>Whoever an access token of the identity provider is of; null where it is none, or nothing is granted.</summary>
    public async Task<Caller?> FindAsync(HttpContext context) =>
        await context.AuthenticateAsync(Tokens) is { Succeeded: true, Principal: { } principal } ? CallerOf(principal) : null;

    private Caller? CallerOf(ClaimsPrincipal principal)
    {
        var name = NameClaims.Select(claim => principal.FindFirst(claim)?.Value).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "somebody";
        return Grants.For(Caller.Cleaned(name), principal.FindAll(Claim).Select(claim => claim.Value));
    }

    /// <summary>Somebody has signed in there: what they may do here is kept, and nothing else that the identity provider says of them.</summary>
    private async Task ReceiveAsync(TokenValidatedContext context)
    {
        var database = context.HttpContext.RequestServices.GetRequiredService<NpgsqlDataSource>();
        if (CallerOf(context.Principal!) is not { } caller)
        {
            await AuditTrail.AddAsync(database, new(Caller.Cleaned(context.Principal!.FindFirst(NameClaims[0])?.Value ?? "somebody"), "none", "sign in", "the page", $"none of the values in {Claim} is granted a role", "refused"), context.HttpContext.RequestAborted);
            context.HandleResponse();
            context.Response.Redirect("/sign-in?refused=nothing-granted");
            return;
        }

        context.Principal = caller.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        await AuditTrail.AddAsync(database, new(caller.Name, caller.RoleName, "sign in", "the page", $"by {Title}{(caller.Sources is { } sources ? $", for {string.Join(", ", sources)}" : "")}", "done"), context.HttpContext.RequestAborted);
    }

    private static Task RefuseAsync(RemoteFailureContext context)
    {
        SignInLog.Failed(context.HttpContext.RequestServices.GetRequiredService<ILogger<OrganisationSignIn>>(), context.Failure?.Message);
        context.HandleResponse();
        context.Response.Redirect("/sign-in?refused=failed");
        return Task.CompletedTask;
    }
}

internal static partial class SignInLog
{
    [LoggerMessage(1621, LogLevel.Warning, "Somebody could not be signed in by the identity provider: {Why}")]
    public static partial void Failed(ILogger logger, string? why);
}
