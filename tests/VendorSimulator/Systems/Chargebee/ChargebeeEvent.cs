using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargebee;

/// <summary>An event as the webhook tells it, with its objects whole; proven by HTTP Basic alone. Source: apidocs.chargebee.com, API v2, Events.</summary>
public static class ChargebeeEvent
{
    public static WebhookCall Call(BillingRow row, ChargebeeShapes shapes, ChargebeeSettings settings) => new(
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = $"ev_{shapes.Id(row.Record)}_{row.Version}",
            occurred_at = row.Updated.ToUnixTimeSeconds(),
            source = "api",
            user = "simulator",
            @object = "event",
            api_version = "v2",
            content = shapes.Of(row),
            event_type = Type(row),
            webhook_status = "scheduled",
        }),
        new Dictionary<string, string> { ["Authorization"] = BasicCredentials.Header(settings.WebhookUser, settings.WebhookSecret) });

    private static string Type(BillingRow row) => row.Deleted ? $"{row.Record.Kind}_deleted" : (row.Record.Kind, row.Version) switch
    {
        ("customer", _) => "customer_changed",
        ("subscription", 0) => "subscription_created",
        ("subscription", _) => "subscription_cancelled",
        ("invoice", 0) => "invoice_generated",
        ("invoice", _) => "invoice_updated",
        (_, 0) => "transaction_created",
        _ => "transaction_updated",
    };
}
