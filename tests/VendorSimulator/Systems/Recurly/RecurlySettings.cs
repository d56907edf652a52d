using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Recurly;

/// <summary>How Recurly is played.</summary>
[Settings("Simulator:Recurly")]
public sealed class RecurlySettings
{
    [Setting("The private API key.")]
    public string ApiKey { get; set; } = "simulator-key";

    [Setting("The signing key of the webhook's endpoint.")]
    public string WebhookSecret { get; set; } = "simulator-webhook-key";

    [Setting("Requests allowed in a minute. The real API allows 400, or 1000 in production.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1000;

    [Setting("Every n-th request is refused with 429 and X-RateLimit-Reset in a second; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 25;
}
