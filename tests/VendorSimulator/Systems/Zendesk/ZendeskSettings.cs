using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>How Zendesk is played.</summary>
[Settings("Simulator:Zendesk")]
public sealed class ZendeskSettings
{
    [Setting("The email address of the agent whose token it is.")]
    public string Email { get; set; } = "agent@simulator.example";

    [Setting("The API token.")]
    public string Token { get; set; } = "simulator-token";

    [Setting("The signing secret of the webhook.")]
    public string WebhookSecret { get; set; } = "simulator-webhook-secret";

    [Setting("Rows in a page of an incremental export. The real API gives up to 1000. Below 10 the export of organizations does not end, as the real one does not where the rows of one second fill a page.", Minimum = 1, Maximum = 1000)]
    public int PageSize { get; set; } = 200;

    [Setting("Requests allowed in a minute. The real incremental export allows 10, or 30.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 400;

    [Setting("Every n-th request is refused with 429 and Retry-After 1; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 12;

    [Setting("Users.", Minimum = 300, Maximum = 1_000_000)]
    public int Users { get; set; } = 1500;

    [Setting("Tickets.", Minimum = 400, Maximum = 1_000_000)]
    public int Tickets { get; set; } = 3000;
}
