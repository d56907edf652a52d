using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>
/// The proof of one system's requests, shared by its feeds: one token at a time, asked for once, used until it expires or
/// is refused.
/// </summary>
public sealed class Credentials(Authentication authentication, Uri address, TimeProvider time) : IDisposable
{
    /// <summary>A token is renewed this long before it expires, so that it does not expire on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private const string NoToken = "The answer to the request for a token has no access_token.";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Token? _token;

    /// <summary>The header that proves a request; or what came of asking for a token.</summary>
    /// <param name="ask">Sends the request for a token.</param>
    public async Task<(Proof? Proof, Outcome? Otherwise)> GetAsync(Func<HttpRequestMessage, Task<Outcome>> ask, CancellationToken cancellation)
    {
        if (authentication is not Authentication.ClientCredentials client) return (Unchanging(authentication), null);
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_token is { } token && token.GoodUntil > time.GetUtcNow()) return (token.Proof, null);
            var outcome = await ask(TokenRequest(client));
            if (outcome is not Outcome.Answered answered) return (null, outcome);
            _token = TokenOf(answered);
            return _token is null ? (null, new Outcome.Failed(NoToken) { Problem = new Problem(ProblemKind.UnknownShape, NoToken) }) : (_token.Proof, null);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The system refused this proof; whether another one can be had.</summary>
    public bool Refused(Proof proof)
    {
        var token = _token;
        if (token is not null && token.Proof == proof) Interlocked.CompareExchange(ref _token, null, token);
        return authentication is Authentication.ClientCredentials;
    }

    public void Dispose() => _gate.Dispose();

    private static Proof Unchanging(Authentication authentication) => authentication switch
    {
        Authentication.Basic(var user, var password) => Basic(user, password.Reveal()),
        Authentication.KeyAsUser(var key, var password) => Basic(key.Reveal(), password),
        Authentication.Bearer(var token) => new Proof("Authorization", $"Bearer {token.Reveal()}"),
        Authentication.Header(var name, var value, var scheme) => new Proof(name, scheme + value.Reveal()),
        _ => throw new InvalidOperationException($"{authentication.GetType().Name} has no header of its own."),
    };

    private static Proof Basic(string user, string password) => new("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}");

    private HttpRequestMessage TokenRequest(Authentication.ClientCredentials client) => new(HttpMethod.Post, VendorAddress.OfToken(address, client.TokenPath))
    {
        Content = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", client.ClientId),
            new("client_secret", client.ClientSecret.Reveal()),
            .. client.Scope is { } scope ? [new("scope", scope)] : Array.Empty<KeyValuePair<string, string>>(),
        ]),
        Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
    };

    private Token? TokenOf(Outcome.Answered answer)
    {
        if (!answer.Body.TryGetProperty("access_token", out var text) || text.ValueKind != JsonValueKind.String) return null;
        var lifetime = answer.Body.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var value)
            ? TimeSpan.FromSeconds(Math.Clamp(value, 0, 86_400)) : (TimeSpan?)null;
        // Where the system does not say how long a token lives, it is used until it is refused. A short-lived one is used for half of its time.
        var good = lifetime is { } known ? time.GetUtcNow() + (known > Margin * 2 ? known - Margin : known / 2) : DateTimeOffset.MaxValue;
        return new Token(new Proof("Authorization", $"Bearer {text.GetString()}"), good);
    }

    private sealed record Token(Proof Proof, DateTimeOffset GoodUntil);
}

/// <summary>The header that proves a request.</summary>
public sealed record Proof(string Header, string Value)
{
    public override string ToString() => $"{Header}: ***";
}
