using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Chargebee;

/// <summary>How Chargebee is played.</summary>
[Settings("Simulator:Chargebee")]
public sealed class ChargebeeSettings
{
    [Setting("The API key.")]
    public string ApiKey { get; set; } = "simulator-key";

    [Setting("The user of the webhook's basic authentication.")]
    public string WebhookUser { get; set; } = "chargebee";

    [Setting("The password of the webhook's basic authentication.")]
    public string WebhookSecret { get; set; } = "simulator-webhook-password";

    [Setting("Requests allowed in a minute. The real API allows 150 on a test site.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1000;

    [Setting("Every n-th request is refused with 429 and no word on how long to wait; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 30;

    [Setting("Seconds from a change until the lists show it. The real lists may take minutes.", Minimum = 0, Maximum = 3600)]
    public double LagSeconds { get; set; } = 2;
}
