using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>A callout: a body that the user wrote, HTTP Basic, and an id that is another one on each attempt.</summary>
public static class ZuoraWebhook
{
    public static WebhookCall Call(ZuoraSettings settings, string kind, StampedRow row, DateTimeOffset now) => new(
        JsonSerializer.SerializeToUtf8Bytes(new { @object = kind, id = row.Id }),
        new Dictionary<string, string>
        {
            ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.WebhookUser}:{settings.WebhookSecret}")),
            ["Zuora-Request-Id"] = Guid.CreateVersion7(now).ToString(),
        });
}
