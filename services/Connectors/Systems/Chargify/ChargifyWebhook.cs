using System.Security.Cryptography;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Chargify;

/// <summary>
/// Events as forms, whose fields are texts and not all that a record has: so a record is read anew by the id that the form
/// names. No time is signed; the older signature by MD5 is not looked at. Where a form names its invoice is not documented:
/// either place that is known is taken. A customer that was deleted cannot be read any more and is left as it was.
/// Source: developers.maxio.com, Webhooks, Webhooks Reference, models Webhook and Event Key.
/// </summary>
internal static class ChargifyWebhook
{
    public static Webhook? Of(SystemSettings settings) =>
        settings.OptionalSecret("WebhookSecret", "the shared key of the site; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, Signatures.Hex("X-Chargify-Webhook-Signature-Hmac-Sha-256")),
            DeliveryId = delivery => delivery.Headers("X-Chargify-Webhook-Id") is { Length: > 0 } id ? id : delivery.Body.Form("id"),
            Read = body => [.. Named(body.Form("event") ?? throw new UnknownShapeException("The form has no field \"event\"."), body)],
        };

    /// <summary>The customer is read where the event is about it, or where it came with the subscription.</summary>
    private static IEnumerable<Notice> Named(string what, WebhookBody body)
    {
        if (body.Form("payload[subscription][id]") is { Length: > 0 } subscription) yield return new Notice.Named("subscriptions", subscription);
        if ((what.StartsWith("customer_", StringComparison.Ordinal) || what == "signup_success")
            && (body.Form("payload[customer][id]") ?? body.Form("payload[subscription][customer][id]")) is { Length: > 0 } customer) yield return new Notice.Named("customers", customer);
        if ((body.Form("payload[invoice][uid]") ?? body.Form("payload[uid]")) is { Length: > 0 } invoice) yield return new Notice.Named("invoices", invoice);
    }
}
