using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Recurly;

/// <summary>A JSON notification: what happened to which object, signed with the time in milliseconds. Source: docs.recurly.com, Webhooks, Signature verification.</summary>
public static class RecurlyNotification
{
    public static WebhookCall Call(BillingRow row, RecurlyShapes shapes, string secret, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Body(row, shapes));
        var stamp = now.ToUnixTimeMilliseconds().ToString();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.").Concat(body).ToArray());
        return new WebhookCall(body, new Dictionary<string, string>
        {
            ["recurly-signature"] = $"{stamp},{Convert.ToHexStringLower(signature)}",
            ["recurly-notification-id"] = $"{shapes.Id(row.Record)}-{row.Version}",
        });
    }

    private static Dictionary<string, string> Body(BillingRow row, RecurlyShapes shapes)
    {
        var (type, happened) = (row.Record.Kind, row.Version) switch
        {
            ("customer", _) => ("account", "updated"),
            ("subscription", 0) => ("subscription", "created"),
            ("subscription", _) => ("subscription", "canceled"),
            ("invoice", 0) => ("charge_invoice", "created"),
            ("invoice", _) => ("charge_invoice", "paid"),
            (_, 0) => ("payment", "succeeded"),
            _ => ("payment", "voided"),
        };
        var body = new Dictionary<string, string>
        {
            ["id"] = shapes.Id(row.Record), ["object_type"] = type, ["site_id"] = "nordlicht0si", ["event_type"] = happened, ["event_time"] = RecurlyShapes.Time(row.Updated),
        };
        if (row.Record is Payer payer) body["account_code"] = payer.AccountIdIn(row.Version)!;
        else if (type == "charge_invoice") body["invoice_number"] = RecurlyShapes.NumberOf(row);
        else body["uuid"] = shapes.Uuid(row.Record);
        return body;
    }
}
