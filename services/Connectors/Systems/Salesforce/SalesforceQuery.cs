using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Salesforce;

/// <summary>
/// One object read by SOQL, in the order of its changes. <c>queryAll</c> shows deleted rows too; answers are paged by a locator.
/// Source: developer.salesforce.com, REST API, resources Query and QueryAll.
/// </summary>
internal sealed class SalesforceQuery(string version, TimeSpan lag)
{
    public const string Stamp = "SystemModstamp";

    /// <param name="entity">The API name of the object.</param>
    public Feed Feed(string name, string entity, IEnumerable<string> columns, Func<JsonElement, Mapped> map)
    {
        var select = $"SELECT {string.Join(", ", columns.Distinct())} FROM {entity}";
        return new Feed
        {
            Name = name,
            Lag = lag,
            First = start => VendorRequest.Get($"/services/data/{version}/queryAll", ("q", Since(select, StampCursor.From(start)))),
            Read = Read,
            Map = map,
            ById = SalesforceWebhook.ById(version, select),
        };
    }

    private static string Since(string select, DateTimeOffset? from)
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
}
