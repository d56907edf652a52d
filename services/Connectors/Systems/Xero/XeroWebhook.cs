using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Xero;

/// <summary>
/// Events name what has changed, and no more. Before it sends any, Xero asks whether we mean to receive them: a list without
/// events, once signed rightly and some times wrongly, which is answered as any other delivery is.
/// Source: XeroAPI/Xero-OpenAPI, xero-webhooks.yaml; developer.xero.com, Webhooks, Intent to receive.
/// </summary>
internal static class XeroWebhook
{
    public static Webhook? Of(SystemSettings settings, string tenant) =>
        settings.OptionalSecret("WebhookSecret", "the webhooks key of the app; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, Signatures.Base64("x-xero-signature")),
            // A delivery has no id, but it says which numbers its events have, and a repeat holds the same events.
            DeliveryId = delivery => delivery.Body.Json.Inside("events") is { ValueKind: JsonValueKind.Array } events && events.GetArrayLength() > 0 ? events.GetRawText() : null,
            Read = body => [.. body.Json.List("events").Where(change => change.OptionalText("tenantId") == tenant).Select(Notice).OfType<Notice>()],
        };

    private static Notice? Notice(JsonElement change) => change.OptionalText("eventCategory") switch
    {
        "CONTACT" => new Notice.Named("contacts", change.Text("resourceId")),
        "INVOICE" => new Notice.Named("invoices", change.Text("resourceId")),
        "CREDITNOTE" => new Notice.Named("credit_notes", change.Text("resourceId")),
        _ => null,
    };
}
