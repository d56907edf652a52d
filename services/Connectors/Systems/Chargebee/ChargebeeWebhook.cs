using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Chargebee;

/// <summary>
/// Events as they happen, with the objects that they concern, whole and side by side as a list wraps them. Nothing is signed;
/// the address may be protected by HTTP Basic. An event is told more than once and in no order, which the versions of its
/// objects settle. Source: chargebee.com, Webhook settings; apidocs.chargebee.com, API v2, Events, Event types.
/// </summary>
internal static class ChargebeeWebhook
{
    private static readonly string[] Kinds = ["customer", "subscription", "invoice", "transaction"];

    public static Webhook? Of(SystemSettings settings)
    {
        var user = settings.Text("WebhookUser", "the user of the webhook's basic authentication", "chargebee");
        return settings.OptionalSecret("WebhookSecret", "the password of the webhook's basic authentication; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Basic(user, secret),
            DeliveryId = delivery => delivery.Body.Json.OptionalText("id"),
            Read = body => [.. Changes(body.Json.Text("event_type"), body.Json.OptionalEpoch("occurred_at"), body.Json.Part("content"))],
        };
    }

    private static IEnumerable<Notice> Changes(string type, DateTimeOffset? occurred, JsonElement content)
    {
        foreach (var kind in Kinds)
            if (content.Inside(kind).ValueKind == JsonValueKind.Object) yield return new Notice.Change($"{kind}s", content, type == $"{kind}_deleted" ? occurred : null);
    }
}
