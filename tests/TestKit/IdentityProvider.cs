using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pipeline.TestKit;

/// <summary>An OpenID Connect provider on loopback, in which everybody is signed in as whoever the test says.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    public const string Client = "pipeline-office";
    public const string Secret = "office-secret";
    private readonly WebApplication _service;

    private IdentityProvider(WebApplication service) => _service = service;

    public Uri Address => new(_service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string Name { get; set; } = "kim";

    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>What the office must be told of it.</summary>
    public (string Name, string Value)[] Settings(string grants) =>
        [("OpenIdConnect__Authority", Address.ToString()), ("OpenIdConnect__ClientId", Client), ("OpenIdConnect__ClientSecret", Secret), ("OpenIdConnect__Grants", grants), ("OpenIdConnect__Title", "Acme")];

    public static async Task<IdentityProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        IdentityProvider? provider = null;
        builder.Services.AddOpenIddict().AddServer(server => server
            .SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token")
            .AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile)
            .EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption()
            .AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject(Errors.InvalidClient);
                return default;
            }))
            .AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || context.ClientSecret != Secret) context.Reject(Errors.InvalidClient);
                return default;
            }))
            .AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.SignIn(provider!.Person());
                return default;
            }))
            .AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.Request.IsClientCredentialsGrantType()) context.SignIn(provider!.Person());
                return default;
            }))
            .UseAspNetCore().DisableTransportSecurityRequirement());
        var service = builder.Build();
        provider = new IdentityProvider(service);
        service.UseAuthentication();
        await service.StartAsync();
        return provider;
    }

    /// <summary>An access token of a program.</summary>
    public async Task<string> Token()
    {
        using var client = new HttpClient();
        using var asked = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = Client, ["client_secret"] = Secret });
        var answer = await client.PostAsync(new Uri(Address, "/token"), asked);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()! : throw new InvalidOperationException(body);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private ClaimsPrincipal Person()
    {
        var identity = new ClaimsIdentity("provider", Claims.PreferredUsername, "roles");
        identity.SetClaim(Claims.Subject, $"subject of {Name}").SetClaim(Claims.PreferredUsername, Name).SetClaims("roles", [.. Roles]);
        identity.SetScopes(Scopes.OpenId, Scopes.Profile);
        identity.SetResources(Client);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
