using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Intercom;

/// <summary>
/// Notifications, read by what they are about and not by their topic, for there are many. Companies and contacts come whole;
/// conversations and tickets are asked for, for there is more in the item than a search brings. What was deleted is only an
/// id: enough for a company, while a child cannot be tied to an account by it and stays as it is.
/// Source: developers.intercom.com, Webhooks, Signed notifications, Webhook models.
/// </summary>
internal static class IntercomWebhook
{
    private const string Parts = "conversation_parts";

    /// <summary>One conversation; its parts, which a search leaves out, are left out too, so that both bring the same.</summary>
    public static Lookup Conversation { get; } = new(1, ids => new VendorRequest($"/conversations/{Uri.EscapeDataString(ids[0])}"), answer => [Without(answer, Parts)]);

    public static Webhook? Of(SystemSettings settings) =>
        settings.OptionalSecret("WebhookSecret", "the client secret of the app; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA1, Signatures.Hex("X-Hub-Signature", "sha1=")),
            DeliveryId = delivery => delivery.Body.Json.OptionalText("id"),
            Read = body => Read(body.Json, body.Json.Part("data").Part("item")) is { } notice ? [notice] : [],
        };

    private static Notice? Read(JsonElement told, JsonElement item)
    {
        var isDeleted = told.Text("topic").EndsWith(".deleted", StringComparison.Ordinal);
        return (item.OptionalText("type"), isDeleted) switch
        {
            ("company", false) => new Notice.Change("companies", item),
            ("company", true) => Deleted(told, item.Text("id")),
            ("contact", false) => new Notice.Change("contacts", item),
            ("conversation", false) => new Notice.Named("conversations", item.Text("id")),
            ("ticket", false) => new Notice.Named("tickets", item.Text("id")),
            _ => null,
        };
    }

    /// <summary>The company at the time of the notification, with nothing left but its id.</summary>
    private static Notice.Change Deleted(JsonElement told, string id)
    {
        var at = told.OptionalEpoch("created_at") ?? throw new UnknownShapeException("The notification has no \"created_at\" in seconds since 1970.");
        return new Notice.Change("companies", JsonSerializer.SerializeToElement(new JsonObject { ["id"] = id, [IntercomRecord.Stamp] = at.ToUnixTimeSeconds() }), at);
    }

    private static JsonElement Without(JsonElement record, string name)
    {
        if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(name, out _)) return record;
        var rest = JsonNode.Parse(record.GetRawText())!.AsObject();
        rest.Remove(name);
        return JsonSerializer.SerializeToElement(rest);
    }
}
