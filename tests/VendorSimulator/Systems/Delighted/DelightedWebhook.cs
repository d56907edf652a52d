using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>A survey response with its person, signed.</summary>
public static class DelightedWebhook
{
    public static WebhookCall Call(string secret, StampedRow response, bool isNew)
    {
        var event_type = isNew ? "survey_response.created" : "survey_response.updated";
        var event_id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{event_type}/{response.Id}/{response.Stamp.ToUnixTimeSeconds()}")))[..24];
        var body = JsonSerializer.SerializeToUtf8Bytes(new { event_type, event_id, event_data = response.Json });
        return new(body, new Dictionary<string, string> { ["X-Delighted-Webhook-Signature"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)) });
    }
}
