using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Chargify;

/// <summary>
/// Chargify, by its newer name Maxio Advanced Billing: customers, and the subscriptions and invoices that belong to them.
/// Deletions are not shown. Source: developers.maxio.com, Advanced Billing API, Authentication, List Customers, List
/// Subscriptions, List Invoices.
/// </summary>
public sealed class ChargifyConnector : IConnector
{
    internal const string Name = "chargify";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "of the site");
        var accountId = settings.FieldName("AccountIdField", "the field of the customer that holds the account_id: reference, or email", "reference");
        var joinDate = settings.FieldName("JoinDateField", "the field of the customer that holds the day it joined", "created_at");
        var fields = settings.FieldNames("Fields", "fields of the customer that filters may look at", "verified", "country");
        var rows = settings.Whole("PageSize", "records an answer", 200, 1, 200);
        var lag = settings.Duration("Lag", "how late a change may become visible; Chargify states none", TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.KeyAsUser(key, "x"),
        [
            // Customers come in the order of their creation and know no other.
            new ChargifyFeed("customers", "customer", rows, lag, null).With(body => body.Rows(), record => ChargifyRecord.Customer(record.Inside("customer"), accountId, joinDate, fields)),
            new ChargifyFeed("subscriptions", "subscription", rows, lag, "created_at").With(body => body.Rows(), record => ChargifyRecord.Subscription(record.Inside("subscription"))),
            new ChargifyFeed("invoices", null, rows, lag, "created_at").With(body => body.List("invoices"), ChargifyRecord.Invoice),
        ])
        {
            Webhook = ChargifyWebhook.Of(settings),
        };
    }
}
