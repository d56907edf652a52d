namespace Pipeline.Connectors.Systems.Xero;

/// <summary>
/// Xero: contacts as accounts, and the invoices, payments and credit notes that belong to them. Requests are proven as a
/// custom connection, by client credentials; other apps would need a person's consent.
/// Source: developer.xero.com, Custom connections; XeroAPI/Xero-OpenAPI, xero_accounting.yaml.
/// </summary>
public sealed class XeroConnector : IConnector
{
    internal const string Name = "xero";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var clientId = settings.Text("ClientId", "of the custom connection");
        var clientSecret = settings.Secret("ClientSecret", "of the custom connection");
        var token = settings.Text("TokenAddress", "where tokens are asked for", "https://identity.xero.com/connect/token");
        var scope = settings.Text("Scope", "what the token is asked for", "accounting.contacts.read accounting.transactions.read");
        var tenant = settings.Text("TenantId", "of the organisation, sent as xero-tenant-id");
        var accountId = settings.FieldName("AccountIdField", "the field of a contact that holds the account_id: AccountNumber, or EmailAddress where that is all there is", "AccountNumber");
        var fields = settings.FieldNames("Fields", "fields of a contact that filters may look at", "ContactStatus", "IsCustomer", "IsSupplier");
        var rows = settings.Whole("PageSize", "records an answer", 100, 1, 1000);
        var lag = settings.Duration("Lag", "how late a change may become visible", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.ClientCredentials(token, clientId, clientSecret, scope),
        [
            XeroList.Feed("contacts", "Contacts", rows, lag, record => XeroContact.Map(record, accountId, fields), ("includeArchived", "true")) with { ById = XeroList.Several("Contacts", ("includeArchived", "true")) },
            XeroList.Feed("invoices", "Invoices", rows, lag, record => XeroDocument.Map(record, "invoice", "InvoiceID", record), ("includeArchived", "true")) with { ById = XeroList.Several("Invoices", ("includeArchived", "true")) },
            XeroList.Feed("payments", "Payments", rows, lag, record => XeroDocument.Map(record, "payment", "PaymentID", XeroDocument.PaidBy(record))),
            XeroList.Feed("credit_notes", "CreditNotes", rows, lag, record => XeroDocument.Map(record, "credit_note", "CreditNoteID", record)) with { ById = XeroList.One("CreditNotes") },
        ])
        {
            Headers = new Dictionary<string, string> { ["xero-tenant-id"] = tenant },
            Webhook = XeroWebhook.Of(settings, tenant),
            Concurrency = 5, // calls in progress per organisation; same source as the limits
            // Per organisation 60 a minute and 5000 a day, per app 10,000 a minute. Source: developer.xero.com, FAQ, Limits.
            Limits =
            [
                LimitHeader.Remaining("X-MinLimit-Remaining", TimeSpan.FromMinutes(1), 60),
                LimitHeader.Remaining("X-AppMinLimit-Remaining", TimeSpan.FromMinutes(1), 10_000),
                LimitHeader.Remaining("X-DayLimit-Remaining", TimeSpan.FromDays(1), 5_000),
            ],
        };
    }
}
