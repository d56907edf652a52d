using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Salesforce;

/// <summary>
/// Salesforce by SOQL over REST: accounts, and the contacts, opportunities and cases that belong to them.
/// Source: developer.salesforce.com, REST API; OAuth 2.0 client credentials flow.
/// </summary>
public sealed class SalesforceConnector : IConnector
{
    internal const string Name = "salesforce";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var clientId = settings.Text("ClientId", "of the connected app that may use the client credentials flow");
        var clientSecret = settings.Secret("ClientSecret", "of the connected app");
        var version = settings.Text("ApiVersion", "of the REST API", "v63.0");
        var accountId = settings.FieldName("AccountIdField", "the text field of Account that holds the account_id", "Account_ID__c");
        var joinDate = settings.FieldName("JoinDateField", "the field of Account that holds the day the customer joined", "Customer_Since__c");
        var zuoraId = settings.FieldName("ZuoraAccountIdField", "the field of Account that holds the Zuora account's id", "Zuora_Account_Id__c");
        var fields = settings.FieldNames("Fields", "fields that filters may look at", "Type");
        var rows = settings.Whole("PageSize", "rows an answer; Salesforce may send fewer", 2000, 200, 2000);
        var lag = settings.Duration("Lag", "how late a committed row may become visible", TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromHours(1));

        var query = new SalesforceQuery(version, lag);
        string[] columns = ["Id", "Name", "IsDeleted", SalesforceQuery.Stamp, accountId, joinDate, zuoraId, .. fields];
        return new SourceSystem(
            new Authentication.ClientCredentials("/services/oauth2/token", clientId, clientSecret),
            [
                query.Feed("accounts", "Account", columns, record => Map(record, accountId, joinDate, zuoraId, fields)),
                SalesforceChild.Contacts(query),
                SalesforceChild.Opportunities(query),
                SalesforceChild.Cases(query),
            ])
        {
            Headers = new Dictionary<string, string> { ["Sforce-Query-Options"] = $"batchSize={rows}" },
            // The daily limit comes as a 403 with this code, not as a 429.
            IsOverLimit = answer => answer.Status == 403 && answer.Body.Contains("REQUEST_LIMIT_EXCEEDED", StringComparison.Ordinal),
            Webhook = SalesforceWebhook.Of(settings),
            Limits = [SalesforceUsage.Header],
        };
    }

    private static Mapped Map(JsonElement record, string accountId, string joinDate, string zuoraId, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, account => new AccountDiscovered
        {
            Source = Name,
            NativeId = account.RequiredText("Id"),
            AccountId = account.AccountId(accountId),
            Name = account.Text("Name"),
            JoinDate = account.DateOrTime(joinDate),
            ObservedAt = account.RequiredTime(SalesforceQuery.Stamp),
            Fields = record.Pick(fields),
            Links = account.Text(zuoraId) is { } id ? [new Link("zuora", id)] : [],
            Deleted = account.Flag("IsDeleted"),
        });
}
