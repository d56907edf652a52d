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
            .SelectMany(news => StripePlan.EventTypes(news.Row).Select(type => new StripeEvent(IdOf(seed, type, news.Row), type, news.Row, news.List)))
            .OrderByDescending(happened => happened.Row.Updated).ThenByDescending(happened => happened.Id, StringComparer.Ordinal)];

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
