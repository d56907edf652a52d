using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>A notification with the item whole, signed by HMAC-SHA1 with the app's client secret.</summary>
public static class IntercomWebhook
{
    public static WebhookCall Call(string secret, StampedRow row, bool isNew)
    {
        var body = Body(row, isNew);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(body);
        return new(body, new Dictionary<string, string> { ["X-Hub-Signature"] = "sha1=" + Convert.ToHexStringLower(hmac.GetHashAndReset()) });
    }

    private static byte[] Body(StampedRow row, bool isNew)
    {
        var type = row.Json.GetProperty("type").GetString()!;
        var at = row.Stamp.ToUnixTimeSeconds();
        var topic = Topic(type, isNew);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "notification_event",
            app_id = IntercomForm.Workspace,
            data = new { type = "notification_event_data", item = type == "conversation" ? (object)IntercomForm.WithParts(row.Json) : row.Json },
            links = new { },
            id = "notif_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{topic}/{row.Id}/{at}")))[..32],
            topic,
            delivery_status = "pending",
            delivery_attempts = 1,
            delivered_at = 0,
            first_sent_at = at,
            created_at = at,
            self = (string?)null,
        });
    }

    private static string Topic(string type, bool isNew) => (type, isNew) switch
    {
        ("company", true) => "company.created",
        ("company", false) => "company.updated",
        ("contact", true) => "contact.user.created",
        ("contact", false) => "contact.user.updated",
        ("conversation", true) => "conversation.user.created",
        ("conversation", false) => "conversation.admin.closed",
        _ => "ticket.created",
    };
}
