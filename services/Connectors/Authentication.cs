namespace Pipeline.Connectors;

/// <summary>How requests are proven. The engine does it; a connector only says which.</summary>
public abstract record Authentication
{
    private Authentication()
    {
    }

    /// <summary>HTTP Basic.</summary>
    public sealed record Basic(string User, Secret Password) : Authentication;

    /// <summary>HTTP Basic whose user is the secret, for systems that take a key there and do not look at the password.</summary>
    public sealed record KeyAsUser(Secret Key, string Password = "") : Authentication;

    /// <summary>A token that does not change.</summary>
    public sealed record Bearer(Secret Token) : Authentication;

    /// <summary>A header of the system's own; the scheme is written before the value, as in <c>Token token=</c>.</summary>
    public sealed record Header(string Name, Secret Value, string Scheme = "") : Authentication;

    /// <summary>
    /// OAuth 2 client credentials (RFC 6749 §4.4): the token is asked for once, used until it expires or is answered
    /// with 401, and asked for again.
    /// </summary>
    /// <param name="TokenPath">Below the base address, or a whole address.</param>
    /// <param name="Scope">What the token is asked for, where the system wants to be told.</param>
    public sealed record ClientCredentials(string TokenPath, string ClientId, Secret ClientSecret, string? Scope = null) : Authentication;
}

/// <summary>A text that must not be seen. Whoever prints it by mistake prints stars.</summary>
public sealed class Secret(string value)
{
    /// <summary>The text itself; only the engine asks for it, as it writes a request.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
