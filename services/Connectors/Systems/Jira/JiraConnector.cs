namespace Pipeline.Connectors.Systems.Jira;

/// <summary>
/// Jira Cloud: issues. It has no object that stands for a customer: a project is where work is kept, so no accounts are
/// read. Comments would need one request an issue; those that Jira sends along with an issue can be named in Fields.
/// Source: developer.atlassian.com, Jira Cloud platform REST API v3, Issue search; Basic auth for REST APIs.
/// </summary>
public sealed class JiraConnector : IConnector
{
    internal const string Name = "jira";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var email = settings.Text("Email", "of the user whom the API token belongs to");
        var token = settings.Secret("ApiToken", "made in the user's Atlassian account");
        var accountIds = settings.FieldNames("AccountIdFields", "custom text fields of an issue, as customfield_10042, of which the first that is filled holds the account_id; without any an issue is found by its own id, kept as account_support_id on the account");
        var fields = settings.FieldNames("Fields", "fields of an issue that are read", "summary", "status", "issuetype", "priority", "project", "reporter", "assignee", "labels", "created");
        var jql = settings.Text("Jql", "which issues, as project = SUPPORT; without an order", "");
        var rows = settings.Whole("PageSize", "issues an answer; Jira may send fewer", 100, 1, 5000);
        var lag = settings.Duration("Lag", "how late a change may be found by a search, the minute that Jira compares in included", TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.Basic(email, token), [JiraIssues.Feed(jql, fields, accountIds, rows, lag)]) { Webhook = JiraWebhook.Of(settings) };
    }
}
