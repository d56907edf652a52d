using System.Globalization;
using System.Security.Cryptography;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Stripe;

/// <summary>
/// Events as they happen, the same that the list of events brings. The time in the header is signed with the body; while a
/// secret is rolled there are two signatures, and v0 is for tests. Source: docs.stripe.com, Webhooks, Verify webhook
/// signatures manually.
/// </summary>
internal static class StripeWebhook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static Webhook? Of(SystemSettings settings, IReadOnlyList<StripeFeed> feeds) =>
        settings.OptionalSecret("WebhookSecret", "of the endpoint, whsec_...; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, headers => Claim(headers("Stripe-Signature"))) { Window = Tolerance },
            DeliveryId = delivery => delivery.Body.Json.OptionalText("id"),
            Read = body => Read(body, feeds),
        };

    private static IReadOnlyList<Notice> Read(WebhookBody body, IReadOnlyList<StripeFeed> feeds)
    {
        var type = body.Json.Text("type");
        return feeds.FirstOrDefault(feed => feed.Types.Contains(type)) is { } feed ? [new Notice.Change(feed.Kind, body.Json)] : [];
    }

    private static SignatureClaim? Claim(string header)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0], part => part[1]);
        if (!long.TryParse(parts["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > int.MaxValue) return null;
        return new SignatureClaim([.. parts["v1"].Select(Signatures.OfHex).OfType<byte[]>()], $"{parts["t"].First()}.", DateTimeOffset.FromUnixTimeSeconds(seconds));
    }
}
