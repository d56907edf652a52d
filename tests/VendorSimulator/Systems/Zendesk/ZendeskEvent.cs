using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>An event on a ticket as the webhook sends it: ids as text, and signed together with the time of the attempt.</summary>
public static class ZendeskEvent
{
    public static Func<DateTimeOffset, WebhookCall> Of(ZendeskRow ticket, int seed, string secret)
    {
        var id = new Guid(Chance.Hash(seed, $"zendesk event {ticket.Id}").AsSpan(0, 16)).ToString();
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            account_id = 10_973_248,
            detail = Detail(ticket.Json),
            @event = ZendeskChanges.IsDeleted(ticket) ? new { current = (string?)null, previous = (string?)null } : new { current = (string?)"SOLVED", previous = (string?)"OPEN" },
            id,
            subject = $"zen:ticket:{ticket.Id}",
            time = ZendeskRow.Time(DateTimeOffset.FromUnixTimeSeconds(ticket.Stamp)),
            type = $"zen:event-type:ticket.{(ZendeskChanges.IsDeleted(ticket) ? "soft_deleted" : "status_changed")}",
            zendesk_event_version = "2022-11-06",
        });
        return now => Call(body, id, ZendeskRow.Time(now), secret);
    }

    private static WebhookCall Call(byte[] body, string id, string time, string secret) => new(body, new Dictionary<string, string>
    {
        ["X-Zendesk-Account-Id"] = "10973248",
        ["X-Zendesk-Webhook-Id"] = "01HV6S0YH4ZJ7X0Q9B6Q4Q7D7C",
        ["X-Zendesk-Webhook-Invocation-Id"] = id,
        ["X-Zendesk-Webhook-Signature-Timestamp"] = time,
        ["X-Zendesk-Webhook-Signature"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(time), .. body])),
    });

    private static object Detail(JsonElement ticket) => new
    {
        actor_id = "31900000000001",
        assignee_id = (string?)null,
        brand_id = ticket.GetProperty("brand_id").GetRawText(),
        created_at = ticket.GetProperty("created_at").GetString(),
        custom_status = "31100000000101",
        description = ticket.GetProperty("description").GetString(),
        external_id = (string?)null,
        form_id = "31100000000201",
        group_id = ticket.GetProperty("group_id").GetRawText(),
        id = ticket.GetProperty("id").GetRawText(),
        is_public = true,
        organization_id = ticket.GetProperty("organization_id").GetRawText(),
        priority = "NORMAL",
        requester_id = ticket.GetProperty("requester_id").GetRawText(),
        status = ticket.GetProperty("status").GetString()!.ToUpperInvariant(),
        subject = ticket.GetProperty("subject").GetString(),
        submitter_id = ticket.GetProperty("submitter_id").GetRawText(),
        tags = new[] { "standard_customer" },
        type = (string?)null,
        updated_at = ticket.GetProperty("updated_at").GetString(),
        via = new { channel = "email" },
    };
}
