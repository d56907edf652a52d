using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Recurly;

/// <summary>
/// JSON notifications, which name an object and say no more of it; an endpoint for XML is not signed. The time in the header is
/// signed with the body, and while a key is changed there are two signatures for a day. The text speaks of milliseconds and
/// its example has seconds, so either is taken. The five minutes are those of Recurly's own libraries. Source:
/// docs.recurly.com, Webhooks, Signature verification, Account notifications, Subscription notifications, Charge invoice
/// notifications, Payment notifications.
/// </summary>
internal static class RecurlyWebhook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>From here on a number of seconds would be a time after the year 2286.</summary>
    private const long FirstMilliseconds = 10_000_000_000;

    public static Webhook? Of(SystemSettings settings) =>
        settings.OptionalSecret("WebhookSecret", "the signing key of the endpoint; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, headers => Claim(headers("recurly-signature"))) { Window = Tolerance },
            DeliveryId = delivery => delivery.Headers("recurly-notification-id") is { Length: > 0 } id ? id : null,
            Read = body => Feed(body.Json.Text("object_type")) is { } feed ? [new Notice.Named(feed, Id(body.Json))] : [],
        };

    private static string? Feed(string kind) => kind switch
    {
        "account" => "accounts",
        "subscription" => "subscriptions",
        "charge_invoice" or "credit_invoice" or "invoice" => "invoices",
        "payment" => "transactions",
        _ => null,
    };

    /// <summary>In the forms in which the API takes ids that are not its own; the body's <c>id</c> is the object's, but that is told by examples alone.</summary>
    private static string Id(JsonElement body) =>
        body.OptionalText("account_code") is { } code && body.Text("object_type") == "account" ? $"code-{code}"
            : body.OptionalText("uuid") is { } uuid ? $"uuid-{uuid}"
            : body.OptionalText("invoice_number") is { } number ? $"number-{number}"
            : body.Text("id");

    private static SignatureClaim? Claim(string header)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var stamp) || stamp > FirstMilliseconds * 1000) return null;
        var at = stamp < FirstMilliseconds ? DateTimeOffset.FromUnixTimeSeconds(stamp) : DateTimeOffset.FromUnixTimeMilliseconds(stamp);
        return new SignatureClaim([.. parts.Skip(1).Select(Signatures.OfHex).OfType<byte[]>()], $"{parts[0]}.", at);
    }
}
