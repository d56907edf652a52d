using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Zuora;

/// <summary>
/// Zuora accounts, and the subscriptions and invoices that belong to them, each with its account inside.
/// Source: developer.zuora.com, guide Authentication; API reference, Object Queries.
/// </summary>
public sealed class ZuoraConnector : IConnector
{
    internal const string Name = "zuora";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var clientId = settings.Text("ClientId", "of the OAuth client");
        var clientSecret = settings.Secret("ClientSecret", "of the OAuth client");
        var version = settings.Text("ApiVersion", "sent as Zuora-Version", "2025-08-12");
        var owner = new ZuoraOwner(
            settings.FieldName("SalesforceAccountIdField", "the field of the account that holds the Salesforce account's id", "crmId"),
            settings.Text("AccountIdField", "the field of the account, own or custom, that holds the account_id; without one, or where it is empty, the Salesforce account is asked", ""),
            settings.FieldNames("Fields", "fields of the account that filters may look at", "status", "accountNumber"));
        var rows = settings.Whole("PageSize", "records an answer; Zuora takes no more than 99", ZuoraQuery.LargestPage, 1, ZuoraQuery.LargestPage);
        var lag = settings.Duration("Lag", "how late a change may become visible", TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromHours(1));

        return new SourceSystem(
            new Authentication.ClientCredentials("/oauth/token", clientId, clientSecret),
            [
                List(new ZuoraQuery("accounts"), owner.Account),
                List(new ZuoraQuery("subscriptions", Expand: "account"), record => owner.Child(record, "subscription")),
                List(new ZuoraQuery("invoices", Expand: "account"), record => owner.Child(record, "invoice")),
            ])
        {
            Headers = new Dictionary<string, string> { ["Zuora-Version"] = version },
            Webhook = ZuoraWebhook.Of(settings),
        };

        Feed List(ZuoraQuery query, Func<JsonElement, Mapped> map) => new()
        {
            Name = query.Objects,
            Lag = lag,
            First = start => query.Changed(rows, StampCursor.From(start)),
            Read = ZuoraQuery.Read,
            Map = map,
            ById = query.ById,
        };
    }
}
