using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Zuora;

/// <summary>
/// Zuora accounts by Object Query, in the order of their last change. Filters name fields in lower case, answers in camel
/// case; stamps have whole seconds. Source: developer.zuora.com, guides Pagination and Authentication.
/// </summary>
public sealed class ZuoraConnector : IConnector
{
    private const string Stamp = "updatedDate";
    private const int LargestPage = 99;

    public string System => "zuora";

    public SourceSystem Describe(SystemSettings settings)
    {
        var clientId = settings.Text("ClientId", "of the OAuth client");
        var clientSecret = settings.Secret("ClientSecret", "of the OAuth client");
        var version = settings.Text("ApiVersion", "sent as Zuora-Version", "2025-08-12");
        var crmId = settings.FieldName("SalesforceAccountIdField", "the field of the account that holds the Salesforce account's id", "crmId");
        var fields = settings.FieldNames("Fields", "fields that filters may look at", "status", "accountNumber");
        var rows = settings.Whole("PageSize", "records an answer; Zuora takes no more than 99", LargestPage, 1, LargestPage);
        var lag = settings.Duration("Lag", "how late a change may become visible", TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromHours(1));

        return new SourceSystem(
            new Authentication.ClientCredentials("/oauth/token", clientId, clientSecret),
            [new Feed
            {
                Name = "accounts",
                Lag = lag,
                First = start => Query(rows, StampCursor.From(start)),
                Read = Read,
                Map = record => Map(record, crmId, fields),
                ById = new Lookup(LargestPage, ByIds, answer => answer.List("data")),
            }])
        {
            Headers = new Dictionary<string, string> { ["Zuora-Version"] = version },
            Webhook = ZuoraWebhook.Of(settings),
        };
    }

    private static VendorRequest Query(int rows, DateTimeOffset? from) => VendorRequest.Get("/object-query/accounts",
        ("pageSize", rows.ToString(CultureInfo.InvariantCulture)),
        ("sort[]", "updateddate.ASC"),
        ("filter[]", from is { } time ? $"updateddate.GE:{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : null));

    /// <summary>Source: developer.zuora.com, guide Expand, filter, fields, and sort.</summary>
    private static VendorRequest ByIds(IReadOnlyList<string> ids) => VendorRequest.Get("/object-query/accounts",
        ("pageSize", LargestPage.ToString(CultureInfo.InvariantCulture)), ("filter[]", $"id.IN:[{string.Join(',', ids)}]"));

    private static Page Read(Answer answer)
    {
        var records = answer.Body.List("data");
        var next = answer.Body.OptionalText("nextPage") is { } cursor ? WithCursor(answer.Request, cursor) : null;
        return new Page(records, next, StampCursor.After(answer.Pass, records, Stamp));
    }

    /// <summary>The same query, continued: the sort and the filter are said again with every cursor.</summary>
    private static VendorRequest WithCursor(VendorRequest request, string cursor)
    {
        var first = request.Path.Split("&cursor=", 2)[0];
        return request with { Path = $"{first}&cursor={Uri.EscapeDataString(cursor)}" };
    }

    private static Mapped Map(JsonElement record, string crmId, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, account => new AccountDiscovered
        {
            Source = "zuora",
            NativeId = account.RequiredText("id"),
            Name = account.Text("name"),
            ObservedAt = account.RequiredTime(Stamp),
            Fields = record.Pick(fields),
            Links = account.Text(crmId) is { } id ? [new Link("salesforce", id)] : [],
        });
}
