using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Salesforce;

/// <summary>
/// Salesforce accounts by SOQL over REST. <c>queryAll</c> shows deleted rows too; answers are paged by a locator.
/// Source: developer.salesforce.com, REST API, resources Query and QueryAll; OAuth 2.0 client credentials flow.
/// </summary>
public sealed class SalesforceConnector : IConnector
{
    private const string Stamp = "SystemModstamp";

    public string System => "salesforce";

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

        string[] columns = ["Id", "Name", "IsDeleted", Stamp, accountId, joinDate, zuoraId, .. fields];
        var select = $"SELECT {string.Join(", ", columns.Distinct())} FROM Account";
        return new SourceSystem(
            new Authentication.ClientCredentials("/services/oauth2/token", clientId, clientSecret),
            [new Feed
            {
                Name = "accounts",
                Lag = lag,
                First = start => VendorRequest.Get($"/services/data/{version}/queryAll", ("q", Query(select, StampCursor.From(start)))),
                Read = Read,
                Map = record => Map(record, accountId, joinDate, zuoraId, fields),
                ById = SalesforceWebhook.ById(version, select),
            }])
        {
            Headers = new Dictionary<string, string> { ["Sforce-Query-Options"] = $"batchSize={rows}" },
            // The daily limit comes as a 403 with this code, not as a 429.
            IsOverLimit = answer => answer.Status == 403 && answer.Body.Contains("REQUEST_LIMIT_EXCEEDED", StringComparison.Ordinal),
            Webhook = SalesforceWebhook.Of(settings),
            Limits = [SalesforceUsage.Header],
        };
    }

    private static string Query(string select, DateTimeOffset? from)
    {
        var where = from is { } time ? $" WHERE {Stamp} >= {time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}" : "";
        return $"{select}{where} ORDER BY {Stamp}, Id";
    }

    private static Page Read(Answer answer)
    {
        var records = answer.Body.List("records");
        var next = answer.Body.Flag("done") ? null : answer.Body.Text("nextRecordsUrl");
        return new Page(records, next is null ? null : new VendorRequest(next), StampCursor.After(answer.Pass, records, Stamp), answer.Body.OptionalWhole("totalSize"));
    }

    private static Mapped Map(JsonElement record, string accountId, string joinDate, string zuoraId, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, account => new AccountDiscovered
        {
            Source = "salesforce",
            NativeId = account.RequiredText("Id"),
            AccountId = account.AccountId(accountId),
            Name = account.Text("Name"),
            JoinDate = account.DateOrTime(joinDate),
            ObservedAt = account.RequiredTime(Stamp),
            Fields = record.Pick(fields),
            Links = account.Text(zuoraId) is { } id ? [new Link("zuora", id)] : [],
            Deleted = account.Flag("IsDeleted"),
        });
}
