using System.Security.Cryptography;

namespace Pipeline.Connectors;

/// <summary>What proves that a delivery comes from the system. The engine compares, in constant time; a connector only says how.</summary>
public abstract record WebhookProof
{
    private WebhookProof()
    {
    }

    /// <summary>An HMAC over the raw bytes of the body.</summary>
    /// <param name="Claim">What the headers say was signed; null where they say nothing that can be read.</param>
    public sealed record Signature(Secret Key, HashAlgorithmName Algorithm, Func<Func<string, string>, SignatureClaim?> Claim) : WebhookProof
    {
        /// <summary>How far the time that was signed may be from ours, either way. Null where the system signs no time.</summary>
        public TimeSpan? Window { get; init; }
    }

    /// <summary>HTTP Basic, for systems that sign nothing.</summary>
    public sealed record Basic(string User, Secret Password) : WebhookProof;

    /// <summary>A secret in a header, for systems that sign nothing and let their users write the headers.</summary>
    public sealed record SecretHeader(string Name, Secret Value) : WebhookProof;
}

/// <summary>What a delivery's headers claim.</summary>
/// <param name="Signatures">Any one may match: while a key is changed there are two.</param>
/// <param name="Before">What was signed before the body, as the time and a dot.</param>
/// <param name="At">The time that was signed.</param>
public sealed record SignatureClaim(IReadOnlyList<byte[]> Signatures, string Before = "", DateTimeOffset? At = null);
