using System.Globalization;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Zuora;

/// <summary>
/// One kind of object by Object Query, in the order of its last change. Filters name fields in lower case, answers in camel
/// case; stamps have whole seconds. Source: developer.zuora.com, guides Pagination, and Expand, filter, fields, and sort.
/// </summary>
/// <param name="Objects">As in the path: "accounts".</param>
/// <param name="Expand">The object that is wanted inside each record; null for none.</param>
internal sealed record ZuoraQuery(string Objects, string? Expand = null)
{
    public const int LargestPage = 99;
    public const string Stamp = "updatedDate";

    public VendorRequest Changed(int rows, DateTimeOffset? from) => Get(rows,
        ("sort[]", "updateddate.ASC"),
        ("filter[]", from is { } time ? $"updateddate.GE:{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : null));

    public Lookup ById => new(LargestPage, ids => Get(LargestPage, ("filter[]", $"id.IN:[{string.Join(',', ids)}]")), answer => answer.List("data"));

    public static Page Read(Answer answer)
    {
        var records = answer.Body.List("data");
        var next = answer.Body.OptionalText("nextPage") is { } cursor ? WithCursor(answer.Request, cursor) : null;
        return new Page(records, next, StampCursor.After(answer.Pass, records, Stamp));
    }

    private VendorRequest Get(int rows, params (string, string?)[] rest) => VendorRequest.Get($"/object-query/{Objects}",
        [("pageSize", rows.ToString(CultureInfo.InvariantCulture)), .. rest, ("expand[]", Expand)]);

    /// <summary>The same query, continued: the sort, the filter and the expansion are said again with every cursor.</summary>
    private static VendorRequest WithCursor(VendorRequest request, string cursor)
    {
        var first = request.Path.Split("&cursor=", 2)[0];
        return request with { Path = $"{first}&cursor={Uri.EscapeDataString(cursor)}" };
    }
}
