using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>How Salesforce is played.</summary>
[Settings("Simulator:Salesforce")]
public sealed class SalesforceSettings
{
    [Setting("The client id that gets a token.")]
    public string ClientId { get; set; } = "simulator-client";

    [Setting("The client secret that gets a token.")]
    public string ClientSecret { get; set; } = "simulator-secret";

    [Setting("What the flow's callout sends in the header X-Webhook-Secret.")]
    public string WebhookSecret { get; set; } = "simulator-webhook-secret";

    [Setting("Requests that a token lives.", Minimum = 1, Maximum = 1_000_000)]
    public int TokenRequests { get; set; } = 25;

    [Setting("Seconds that a token lives.", Minimum = 1, Maximum = 86_400)]
    public int TokenSeconds { get; set; } = 300;

    [Setting("Records in a page of a query. The real API gives up to 2000.", Minimum = 1, Maximum = 2000)]
    public int PageSize { get; set; } = 200;

    [Setting("Requests allowed in a day, told in Sforce-Limit-Info.", Minimum = 1, Maximum = 100_000_000)]
    public int RequestsPerDay { get; set; } = 100_000;

    [Setting("Every n-th request is refused with REQUEST_LIMIT_EXCEEDED; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 40;

    [Setting("Seconds from serving the newest record until the ones committed before it, but late, become visible.", Minimum = 0, Maximum = 3600)]
    public double LagSeconds { get; set; } = 2;

    [Setting("Seconds from the end of Zendesk's ticket export until the late accounts become visible.", Minimum = 0, Maximum = 3600)]
    public double LateSeconds { get; set; } = 3;

    [Setting("Seconds from then until an account leaves, and as many more until it returns.", Minimum = 0, Maximum = 3600)]
    public double ChangeSeconds { get; set; } = 6;

    [Setting("Deleted records to add, which only queryAll shows. They name accounts of their own that no child names and that are not in the expected end.", Minimum = 0, Maximum = 1000)]
    public int DeletedRecords { get; set; }
}
