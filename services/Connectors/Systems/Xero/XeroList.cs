using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Xero;

/// <summary>
/// A list in the order of the last change. What has changed since a time is asked for in a header, in UTC and whole
/// seconds. Source: XeroAPI/Xero-OpenAPI, xero_accounting.yaml; developer.xero.com, Requests and responses.
/// </summary>
internal static class XeroList
{
    private const string Since = "If-Modified-Since";

    /// <summary>Before Xero was.</summary>
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="list">Its name in the path and in the answer.</param>
    /// <param name="more">Parameters that only this list takes.</param>
    public static Feed Feed(string name, string list, int rows, TimeSpan lag, Func<JsonElement, Mapped> map, params (string Name, string? Value)[] more)
    {
        return new Feed
        {
            Name = name,
            Lag = lag,
            First = start => Ask(StampCursor.From(start) ?? Beginning, 1),
            Read = answer =>
            {
                var records = answer.Body.List(list);
                var asked = Asked(answer.Request);
                return StampPages.Read(answer, records, IsFull(answer.Body, records.Count, asked.Number, rows), XeroTime.Updated, asked, Ask);
            },
            Map = map,
        };

        VendorRequest Ask(DateTimeOffset from, int number) => VendorRequest.Get($"/api.xro/2.0/{list}",
            [("page", number.ToString(CultureInfo.InvariantCulture)), ("pageSize", rows.ToString(CultureInfo.InvariantCulture)), ("order", "UpdatedDateUTC ASC"), .. more]) with
        {
            Headers = new Dictionary<string, string> { [Since] = from.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) },
        };
    }

    /// <summary>Records by their ids, in one request for several; the address must not become too long.</summary>
    public static Lookup Several(string list, params (string Name, string? Value)[] more) =>
        new(40, ids => VendorRequest.Get($"/api.xro/2.0/{list}", [("IDs", string.Join(',', ids)), .. more]), answer => answer.List(list));

    /// <summary>A record by its id, for lists that take no ids.</summary>
    public static Lookup One(string list) => new(1, ids => new VendorRequest($"/api.xro/2.0/{list}/{Uri.EscapeDataString(ids[0])}"), answer => answer.List(list));

    private static (DateTimeOffset From, int Number) Asked(VendorRequest request) =>
        (DateTimeOffset.Parse(request.Headers![Since], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), int.Parse(request.Query("page")!, CultureInfo.InvariantCulture));

    /// <summary>By what Xero says of its pages, for it may send fewer than were asked for; not every answer says it.</summary>
    private static bool IsFull(JsonElement body, int count, int number, int rows) =>
        body.TryGetProperty("pagination", out var pagination) && pagination.OptionalWhole("pageCount") is { } pages ? count > 0 && pages > number : count >= rows;
}
