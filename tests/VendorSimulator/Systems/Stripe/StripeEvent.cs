using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Stripe;

/// <summary>One event: what happened to an object, and the object as it is after it.</summary>
public sealed record StripeEvent(string Id, string Type, BillingRow Row, BillingList List)
{
    /// <summary>Events are kept for so long.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>All events that are shown, newest first.</summary>
    public static IReadOnlyList<StripeEvent> Of(int seed, IEnumerable<BillingList> lists, DateTimeOffset now) =>
        [.. lists.SelectMany(list => list.News().Select(row => (Row: row, List: list)))
            .Where(news => now - news.Row.Updated <= Kept)
            .SelectMany(news => Of(seed, news.Row, news.List))
            .OrderByDescending(happened => happened.Row.Updated).ThenByDescending(happened => happened.Id, StringComparer.Ordinal)];

    /// <summary>The events of one change.</summary>
    public static IEnumerable<StripeEvent> Of(int seed, BillingRow row, BillingList list) => StripePlan.EventTypes(row).Select(type => new StripeEvent(IdOf(seed, type, row), type, row, list));

    /// <summary>The event as the webhook tells it, signed with the second. Source: docs.stripe.com, Verify webhook signatures manually.</summary>
    public WebhookCall Call(StripeShapes shapes, string secret, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Shape(shapes));
        var second = now.ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{second}.").Concat(body).ToArray());
        return new WebhookCall(body, new Dictionary<string, string> { ["Stripe-Signature"] = $"t={second},v1={Convert.ToHexStringLower(signature)}" });
    }

    public object Shape(StripeShapes shapes)
    {
        var data = new Dictionary<string, object> { ["object"] = shapes.Of(Row) };
        if (Type.EndsWith(".updated", StringComparison.Ordinal)) data["previous_attributes"] = new { metadata = new { } };
        return new
        {
            id = Id,
            @object = "event",
            api_version = "2024-06-20",
            created = Row.Updated.ToUnixTimeSeconds(),
            data,
            livemode = false,
            pending_webhooks = 0,
            request = new { id = (string?)null, idempotency_key = (string?)null },
            type = Type,
        };
    }

    private static string IdOf(int seed, string type, BillingRow row) => $"evt_{VendorId.MixedCase(seed, $"stripe {type} {row.Record.Kind} {row.Number}", 24)}";
}
