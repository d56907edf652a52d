using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Delighted;

/// <summary>
/// Survey responses as they come in and change. The person is in it; where it is only an id the response is asked for with
/// the person in it. The vendor's page was not to be had: that the key which signs is the API key is what others write.
/// Source: delighted.com/docs/api, Webhooks.
/// </summary>
internal static class DelightedWebhook
{
    public static Webhook? Of(SystemSettings settings) =>
        settings.OptionalSecret("WebhookSecret", "the key that signs, which is said to be the API key; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, Signatures.Hex("X-Delighted-Webhook-Signature", "sha256=")),
            DeliveryId = delivery => delivery.Body.Json.OptionalText("event_id"),
            Read = body => body.Json.Text("event_type") is "survey_response.created" or "survey_response.updated" ? [Read(body.Json.Part("event_data"))] : [],
        };

    private static Notice Read(JsonElement response) => response.OptionalText("person") is null
        ? new Notice.Change(DelightedResponses.Name, response)
        : new Notice.Named(DelightedResponses.Name, response.Text("id"));
}
