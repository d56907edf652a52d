using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargify;

/// <summary>An event as a form, signed with the site's shared key. A payment names its subscription and not its invoice. Source: developers.maxio.com, Webhooks.</summary>
public static class ChargifyForm
{
    public static WebhookCall Call(BillingRow row, ChargifyShapes shapes, string sharedKey)
    {
        var id = (row.Record.Kind[0] * 1_000_000) + (row.Number * 10) + row.Version;
        (string, string)[] fields = [("id", id.ToString(CultureInfo.InvariantCulture)), ("event", Event(row)), ("payload[site][id]", "51288"), ("payload[site][subdomain]", "nordlicht"), .. Payload(row, shapes)];
        var body = Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}")));
        return new WebhookCall(body, new Dictionary<string, string>
        {
            ["Content-Type"] = "application/x-www-form-urlencoded",
            ["X-Chargify-Webhook-Id"] = id.ToString(CultureInfo.InvariantCulture),
            ["X-Chargify-Webhook-Signature-Hmac-Sha-256"] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sharedKey), body)),
        });
    }

    private static string Event(BillingRow row) => (row.Record.Kind, row.Version) switch
    {
        ("customer", _) => "customer_update",
        ("subscription", 0) => "signup_success",
        ("subscription", _) => "subscription_state_change",
        (_, 0) => "invoice_issued",
        _ => "payment_success",
    };

    private static (string, string)[] Payload(BillingRow row, ChargifyShapes shapes) => (row.Record, row.Version) switch
    {
        (Payer payer, _) => [("payload[customer][id]", shapes.Id(payer)), ("payload[customer][organization]", payer.Customer.Name), ("payload[customer][reference]", payer.AccountIdIn(row.Version) ?? "")],
        (PayerChild { Kind: "subscription", Owner: { } owner }, _) => [("payload[subscription][id]", shapes.Id(row.Record)), ("payload[subscription][state]", row.Version > 0 ? "past_due" : "active"), ("payload[subscription][customer][id]", shapes.Id(owner))],
        (_, 0) => [("payload[invoice][uid]", shapes.Id(row.Record)), ("payload[invoice][number]", $"{row.Number}")],
        _ => [("payload[subscription][id]", $"{ChargifyShapes.SubscriptionOf(row)}"), ("payload[transaction][success]", "true"), ("payload[transaction][type]", "Payment")],
    };
}
