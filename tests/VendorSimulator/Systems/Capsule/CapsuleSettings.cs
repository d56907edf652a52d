using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Capsule;

/// <summary>How Capsule is played.</summary>
[Settings("Simulator:Capsule")]
public sealed class CapsuleSettings
{
    [Setting("The personal access token.")]
    public string Token { get; set; } = "simulator-token";

    [Setting("Requests allowed in an hour. The real API allows 4000.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerHour { get; set; } = 40_000;

    [Setting("Every n-th request is refused with 429 and the second from which on it may be tried again; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 20;
}
