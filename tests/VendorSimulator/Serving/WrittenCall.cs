using System.Text.Json;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>A delivery as users write it in a rule or a flow of systems that sign nothing: a secret in a header, and which record has changed.</summary>
public static class WrittenCall
{
    public static Func<DateTimeOffset, WebhookCall> Of(string secret, string name, string id) => _ => new WebhookCall(
        JsonSerializer.SerializeToUtf8Bytes(new { @object = name, id }),
        new Dictionary<string, string> { ["X-Webhook-Secret"] = secret });
}
