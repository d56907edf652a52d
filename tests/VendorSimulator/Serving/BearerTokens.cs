using System.Security.Cryptography;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>Access tokens that end after a time or a number of requests, whichever comes first.</summary>
public sealed class BearerTokens(TimeSpan lifetime, int requests, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);

    /// <param name="start">What the vendor's tokens start with.</param>
    public string Issue(string start)
    {
        var text = start + RandomNumberGenerator.GetHexString(48, lowercase: true);
        lock (_lock)
        {
            foreach (var (old, token) in _tokens.ToArray())
                if (Ended(token)) _tokens.Remove(old);
            _tokens[text] = new Token(clock.GetTimestamp(), 0);
        }

        return text;
    }

    /// <summary>Whether the request carries a token that still works; counts it as used.</summary>
    public bool Accept(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return false;
        var text = header["Bearer ".Length..];
        lock (_lock)
        {
            if (!_tokens.TryGetValue(text, out var token) || Ended(token)) return false;
            _tokens[text] = token with { Used = token.Used + 1 };
            return true;
        }
    }

    private bool Ended(Token token) => token.Used >= requests || clock.GetElapsedTime(token.Issued) >= lifetime;

    private sealed record Token(long Issued, int Used);
}
