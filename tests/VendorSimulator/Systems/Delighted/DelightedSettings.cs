using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>How Delighted is played.</summary>
[Settings("Simulator:Delighted")]
public sealed class DelightedSettings
{
    [Setting("The API key of the project, which is sent as the user.")]
    public string ApiKey { get; set; } = "simulator-key";

    [Setting("The key that signs webhooks. The real one is said to be the API key.")]
    public string WebhookSecret { get; set; } = "simulator-webhook";

    [Setting("Requests allowed in a minute.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 400;

    [Setting("Every n-th request is refused with 429 and Retry-After 1; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 20;

    [Setting("Seconds from the first reading of a list until its late rows come.", Minimum = 0, Maximum = 3600)]
    public double LateSeconds { get; set; } = 2;
}
