namespace Pipeline.Connectors.Systems.Zendesk;

/// <summary>
/// Zendesk Support: organizations, and the users and tickets that belong to them, by the incremental exports.
/// Source: developer.zendesk.com, Using the Incremental Exports API.
/// </summary>
public sealed class ZendeskConnector : IConnector
{
    internal const string Name = "zendesk";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var email = settings.Text("Email", "of the user whom the API token belongs to");
        var token = settings.Secret("ApiToken", "made in the admin center");
        var fields = settings.FieldNames("Fields", "fields of an organization that filters may look at");
        var rows = settings.Whole("PageSize", "users or tickets an answer", 1000, 1, 1000);

        return new SourceSystem(new Authentication.Basic($"{email}/token", token),
        [
            ZendeskOrganizations.Feed(fields) with { ById = ZendeskWebhook.ById("organizations") },
            ZendeskExport.Feed("users", rows, ZendeskUser.Map) with { ById = ZendeskWebhook.ById("users") },
            ZendeskExport.Feed("tickets", rows, ZendeskTicket.Map) with { ById = ZendeskWebhook.ById("tickets") },
        ])
        {
            Webhook = ZendeskWebhook.Of(settings),
        };
    }
}
