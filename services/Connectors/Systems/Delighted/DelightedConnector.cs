namespace Pipeline.Connectors.Systems.Delighted;

/// <summary>
/// Delighted: survey responses and the people who were asked. It has no accounts and no place for an account_id of ours;
/// both claim theirs by the person's email. The API key is the user, and the password is empty.
/// Source: delighted.com/docs/api, Authentication.
/// </summary>
public sealed class DelightedConnector : IConnector
{
    internal const string Name = "delighted";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "of the project");
        var rows = settings.Whole("PageSize", "records an answer; Delighted takes no more than 100", 100, 1, 100);
        var lag = settings.Duration("Lag", "how late a change may become visible", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        return new SourceSystem(new Authentication.KeyAsUser(key), [DelightedResponses.Feed(rows, lag), DelightedPeople.Feed(rows, lag)]) { Webhook = DelightedWebhook.Of(settings) };
    }
}
