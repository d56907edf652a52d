using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>How Zuora is played.</summary>
[Settings("Simulator:Zuora")]
public sealed class ZuoraSettings
{
    [Setting("The client id that gets a token.")]
    public string ClientId { get; set; } = "simulator-client";

    [Setting("The client secret that gets a token.")]
    public string ClientSecret { get; set; } = "simulator-secret";

    [Setting("The user of HTTP Basic, as written in the callout.")]
    public string WebhookUser { get; set; } = "pipeline";

    [Setting("The password of HTTP Basic, as written in the callout.")]
    public string WebhookSecret { get; set; } = "simulator-webhook";

    [Setting("Requests that a token lives.", Minimum = 1, Maximum = 1_000_000)]
    public int TokenRequests { get; set; } = 1000;

    [Setting("Seconds that a token lives.", Minimum = 1, Maximum = 86_400)]
    public int TokenSeconds { get; set; } = 3598;

    [Setting("Requests allowed in a minute. The real API allows 50000.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    [Setting("Every n-th request is refused with 429; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 30;

    [Setting("Seconds from the first reading of all accounts until some drafts become active.", Minimum = 0, Maximum = 3600)]
    public double LateSeconds { get; set; } = 2;
}
