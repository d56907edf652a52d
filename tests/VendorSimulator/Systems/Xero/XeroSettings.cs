using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>How Xero is played.</summary>
[Settings("Simulator:Xero")]
public sealed class XeroSettings
{
    [Setting("The client id of the custom connection.")]
    public string ClientId { get; set; } = "simulator-client";

    [Setting("The client secret of the custom connection.")]
    public string ClientSecret { get; set; } = "simulator-secret";

    [Setting("The organisation, which every request must name in xero-tenant-id.")]
    public string TenantId { get; set; } = "7f6b1f0a-2c58-4f0e-9d4b-0c1d5a9e7a11";

    [Setting("The webhooks key of the app.")]
    public string WebhookSecret { get; set; } = "simulator-webhook";

    [Setting("Requests that a token lives.", Minimum = 1, Maximum = 1_000_000)]
    public int TokenRequests { get; set; } = 60;

    [Setting("Seconds that a token lives.", Minimum = 1, Maximum = 86_400)]
    public int TokenSeconds { get; set; } = 1800;

    [Setting("Requests allowed in a minute. The real API allows 60.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    [Setting("Requests allowed in a day, told in X-DayLimit-Remaining and not enforced. The real API allows 5000.", Minimum = 1, Maximum = 100_000_000)]
    public int RequestsPerDay { get; set; } = 100_000;

    [Setting("Every n-th request is refused with 429 and Retry-After 1; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 30;

    [Setting("Seconds from the first reading of a list until its late rows come.", Minimum = 0, Maximum = 3600)]
    public double LateSeconds { get; set; } = 2;
}
