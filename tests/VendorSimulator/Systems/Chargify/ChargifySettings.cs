using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Chargify;

/// <summary>How Chargify is played.</summary>
[Settings("Simulator:Chargify")]
public sealed class ChargifySettings
{
    [Setting("The API key of the site.")]
    public string ApiKey { get; set; } = "simulator-key";

    [Setting("The shared key of the site, which signs the webhook.")]
    public string WebhookSecret { get; set; } = "simulator-shared-key";

    [Setting("Requests allowed in a minute. The real API does not say.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1000;

    [Setting("Every n-th request is refused with 429 and no word on how long to wait; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 20;
}
