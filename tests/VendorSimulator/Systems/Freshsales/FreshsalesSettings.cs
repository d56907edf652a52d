using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Freshsales;

/// <summary>How Freshsales is played.</summary>
[Settings("Simulator:Freshsales")]
public sealed class FreshsalesSettings
{
    [Setting("The API key.")]
    public string ApiKey { get; set; } = "simulator-key";

    [Setting("The most records in a page; who asks for more gets these. The real one's maximum is not documented.", Minimum = 1, Maximum = 1000)]
    public int LargestPage { get; set; } = 100;

    [Setting("Requests allowed in an hour. The real API allows 1000.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerHour { get; set; } = 40_000;

    [Setting("Every n-th request is refused with 429; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 25;
}
