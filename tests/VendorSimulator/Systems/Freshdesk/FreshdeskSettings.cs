using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Freshdesk;

/// <summary>How Freshdesk is played.</summary>
[Settings("Simulator:Freshdesk")]
public sealed class FreshdeskSettings
{
    [Setting("The API key.")]
    public string ApiKey { get; set; } = "simulator-key";

    [Setting("Requests allowed in a minute. The real API allows 200 to 700, by the plan.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 700;

    [Setting("Every n-th request is refused with 429 and Retry-After 1; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 18;
}
