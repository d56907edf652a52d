using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>How Intercom is played.</summary>
[Settings("Simulator:Intercom")]
public sealed class IntercomSettings
{
    [Setting("The access token of the private app.")]
    public string Token { get; set; } = "simulator-token";

    [Setting("The client secret of the app, which signs notifications.")]
    public string WebhookSecret { get; set; } = "simulator-webhook";

    [Setting("Companies in a page of the scroll. The real one has 100.", Minimum = 1, Maximum = 100)]
    public int ScrollPageSize { get; set; } = 40;

    [Setting("Seconds without a request after which an open scroll expires. The real one has 60.", Minimum = 0.1, Maximum = 3600)]
    public double ScrollSeconds { get; set; } = 60;

    [Setting("Requests allowed in 10 seconds. The real API allows 10000 a minute, spread evenly.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerTenSeconds { get; set; } = 200;

    [Setting("Every n-th request is refused with 429 and X-RateLimit-Reset a second ahead; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 35;

    [Setting("Seconds from the first reading of a list until its late rows come.", Minimum = 0, Maximum = 3600)]
    public double LateSeconds { get; set; } = 2;
}
