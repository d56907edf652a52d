using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>An administrator's webhook: the whole issue, signed; its identifier is the same on each retry.</summary>
public static class JiraWebhook
{
    public static WebhookCall Call(string secret, StampedRow issue, bool isNew)
    {
        var body = Body(issue, isNew);
        return new(body, new Dictionary<string, string>
        {
            ["X-Hub-Signature"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)),
            ["X-Atlassian-Webhook-Identifier"] = Convert.ToHexStringLower(SHA256.HashData(body))[..32],
            ["X-Atlassian-Webhook-Flow"] = "Primary",
        });
    }

    private static byte[] Body(StampedRow issue, bool isNew) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        timestamp = issue.Stamp.ToUnixTimeMilliseconds(),
        webhookEvent = issue.Gone ? "jira:issue_deleted" : isNew ? "jira:issue_created" : "jira:issue_updated",
        issue_event_type_name = isNew ? "issue_created" : "issue_generic",
        user = new { accountId = "5b10a2844c20165700ede21g", displayName = "Mia Kleist", active = true, timeZone = "Europe/Berlin" },
        issue = issue.Json.EnumerateObject().Where(part => part.Name != "expand").ToDictionary(part => part.Name, part => part.Value),
    });
}
