using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Stripe;

/// <summary>How Stripe is played.</summary>
[Settings("Simulator:Stripe")]
public sealed class StripeSettings
{
    [Setting("The secret key.")]
    public string ApiKey { get; set; } = "sk_simulator_key";

    [Setting("The secret of the webhook's endpoint.")]
    public string WebhookSecret { get; set; } = "whsec_simulator_key";

    [Setting("Requests allowed in a second. The real API allows 25 in test mode, 100 live.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerSecond { get; set; } = 100;

    [Setting("Every n-th request is refused with 429 and no word on how long to wait; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 35;

    [Setting("Seconds from a change until its events are shown. The real ones are eventually consistent.", Minimum = 0, Maximum = 3600)]
    public double LagSeconds { get; set; } = 1;
}
