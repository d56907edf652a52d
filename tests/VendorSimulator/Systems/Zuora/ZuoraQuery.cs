using System.Globalization;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>One object query: filters on updateddate and id, an order by it, a page size, the place to go on from, and whether to show each child's account.</summary>
public sealed record ZuoraQuery(int PageSize, bool Descending, IReadOnlyList<ZuoraFilter> Filters, ZuoraCursor? After, bool WithAccount)
{
    public const int LargestPage = 99;
    private const int DefaultPage = 10;

    /// <summary>Reads the query string; says what is wrong with it where it cannot be used.</summary>
    public static (ZuoraQuery? Query, string? Error) Read(IQueryCollection query)
    {
        var pageSize = DefaultPage;
        if (query["pageSize"].ToString() is { Length: > 0 } size && (!int.TryParse(size, out pageSize) || pageSize is < 1 or > LargestPage))
            return (null, $"pageSize must be between 1 and {LargestPage}.");

        var filters = new List<ZuoraFilter>();
        foreach (var text in query["filter[]"])
        {
            if (ZuoraFilter.Read(text ?? "") is not { } filter) return (null, $"Invalid filter: {text}");
            filters.Add(filter);
        }

        var sort = query["sort[]"].ToString();
        if (sort is not ("" or "updateddate.ASC" or "updateddate.DESC")) return (null, $"Invalid sort: {sort}");
        var expand = query["expand[]"].ToString();
        if (expand is not ("" or "account")) return (null, $"Invalid expand: {expand}");
        ZuoraCursor? after = null;
        if (query["cursor"].ToString() is { Length: > 0 } cursor && (after = ZuoraCursor.Read(cursor)) is null) return (null, "Invalid cursor.");
        return (new ZuoraQuery(pageSize, sort != "updateddate.ASC", filters, after, expand == "account"), null);
    }

    /// <summary>The page, and where the next one goes on; null at the end.</summary>
    public (IReadOnlyList<StampedRow> Page, ZuoraCursor? Next) Run(IEnumerable<StampedRow> rows)
    {
        var direction = Descending ? -1 : 1;
        var order = Comparer<ZuoraCursor>.Create((left, right) => direction * ZuoraCursor.Compare(left, right));
        var found = rows.Where(row => Filters.All(filter => filter.Holds(row)))
            .OrderBy(ZuoraCursor.Of, order)
            .Where(row => After is null || order.Compare(ZuoraCursor.Of(row), After) > 0)
            .Take(PageSize + 1)
            .ToArray();
        var page = found.Take(PageSize).ToArray();
        return (page, found.Length > page.Length ? ZuoraCursor.Of(page[^1]) : null);
    }
}
