using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>
/// Xero's webhook. First the intent to receive: a delivery without events whose signature is wrong and must be refused, then
/// one that is right. Only when both were answered so, events, some a delivery: ids, and nothing of what has changed.
/// </summary>
public sealed class XeroWebhook(XeroSettings settings, IReadOnlyDictionary<string, ChangingRows> lists)
{
    private const int EventsADelivery = 5;

    /// <summary>Payments have no events.</summary>
    private static readonly (string List, string Category)[] Categories = [("Contacts", "CONTACT"), ("Invoices", "INVOICE"), ("CreditNotes", "CREDITNOTE")];

    private bool _intended;
    private int _sequence;

    /// <summary>Called again only when all that it gave was answered as expected.</summary>
    public IReadOnlyList<WebhookCall> Told()
    {
        if (!_intended)
        {
            _intended = true;
            return [Call([], "not-" + settings.WebhookSecret) with { Expected = StatusCodes.Status401Unauthorized }, Call([], settings.WebhookSecret)];
        }

        return [.. Categories.SelectMany(kind => lists[kind.List].Appeared().Select(row => Event(kind.List, kind.Category, row))).Chunk(EventsADelivery).Select(events => Call(events, settings.WebhookSecret))];
    }

    private WebhookCall Call(object[] events, string key)
    {
        var first = _sequence + (events.Length > 0 ? 1 : 0);
        _sequence += events.Length;
        var body = JsonSerializer.SerializeToUtf8Bytes(new { events, firstEventSequence = first, lastEventSequence = _sequence, entropy = Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(_sequence)))[..20] });
        return new(body, new Dictionary<string, string> { ["x-xero-signature"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body)) });
    }

    private object Event(string list, string eventCategory, StampedRow row) => new
    {
        resourceUrl = $"https://api.xero.com/api.xro/2.0/{list}/{row.Id}",
        resourceId = row.Id,
        tenantId = settings.TenantId,
        tenantType = "ORGANISATION",
        eventCategory,
        eventType = lists[list].IsNew(row) ? "CREATE" : "UPDATE",
        eventDateUtc = row.Stamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
    };
}
