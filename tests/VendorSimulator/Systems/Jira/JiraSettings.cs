using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>How Jira is played.</summary>
[Settings("Simulator:Jira")]
public sealed class JiraSettings
{
    [Setting("The email address of the user whose token it is.")]
    public string Email { get; set; } = "agent@simulator.example";

    [Setting("The API token.")]
    public string Token { get; set; } = "simulator-token";

    [Setting("The secret of the administrator's webhook.")]
    public string WebhookSecret { get; set; } = "simulator-webhook";

    [Setting("Issues in a page at most, however many are asked for: the real one gives 100 once fields are asked for, or fewer.", Minimum = 1, Maximum = 5000)]
    public int MostIssues { get; set; } = 100;

    [Setting("Requests allowed in a minute.", Minimum = 1, Maximum = 1_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    [Setting("Every n-th request is refused with 429 and Retry-After 1; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RefuseEvery { get; set; } = 15;

    [Setting("Seconds from the first reading of all issues until the late ones can be found.", Minimum = 0, Maximum = 3600)]
    public double LateSeconds { get; set; } = 3;
}
