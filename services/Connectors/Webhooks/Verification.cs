using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Connectors.Webhooks;

/// <summary>Whether a delivery is proven. Pure; compares in constant time, so that a proof cannot be guessed piece by piece.</summary>
public static class Verification
{
    /// <summary>Null where the delivery is proven; else why not, in a word that is counted.</summary>
    public static string? Refusal(WebhookProof proof, WebhookDelivery delivery, DateTimeOffset now) => proof switch
    {
        WebhookProof.Signature signature => Refusal(signature, delivery, now),
        WebhookProof.Basic(var user, var password) => Same(delivery.Headers("Authorization"), $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"))}"),
        WebhookProof.SecretHeader(var name, var value) => Same(delivery.Headers(name), value.Reveal()),
        _ => throw new InvalidOperationException($"There is no such proof: {proof.GetType().Name}."),
    };

    private static string? Refusal(WebhookProof.Signature proof, WebhookDelivery delivery, DateTimeOffset now)
    {
        if (proof.Claim(delivery.Headers) is not { Signatures.Count: > 0 } claim) return "signature_missing";
        using var hmac = IncrementalHash.CreateHMAC(proof.Algorithm, Encoding.UTF8.GetBytes(proof.Key.Reveal()));
        hmac.AppendData(Encoding.UTF8.GetBytes(claim.Before));
        hmac.AppendData(delivery.Body.Bytes.Span);
        var right = hmac.GetHashAndReset();
        var matches = false;
        foreach (var signature in claim.Signatures) matches |= CryptographicOperations.FixedTimeEquals(right, signature);
        if (!matches) return "signature_wrong";
        return proof.Window is { } window && (claim.At is not { } at || (now - at).Duration() > window) ? "signature_too_old" : null;
    }

    /// <summary>Compares hashes, which are all of one length.</summary>
    private static string? Same(string given, string right) =>
        given.Length == 0 ? "secret_missing"
            : CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(right))) ? null : "secret_wrong";
}
