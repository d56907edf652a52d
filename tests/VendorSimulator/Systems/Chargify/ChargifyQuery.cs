using System.Globalization;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargify;

/// <summary>
/// What a list is asked for: a page by its number, in an order, of the rows within a time. A page of more than 200 is made one
/// of 200; a time without an offset is of the site's zone. Source: developers.maxio.com, List Customers, List Subscriptions,
/// List Invoices.
/// </summary>
public sealed record ChargifyQuery(int Page, int PerPage, bool ByUpdate, bool Descending, bool Updates, DateTimeOffset? Start, DateTimeOffset? End)
{
    public const int LargestPage = 200;

    /// <summary>The site is in New York, where it is always winter.</summary>
    public static readonly TimeSpan SiteZone = TimeSpan.FromHours(-5);

    private static readonly string[] ByCreation = ["", "created_at", "signup_date", "number", "issue_date"];

    /// <summary>Reads the query string; names the parameter that cannot be used.</summary>
    /// <param name="perPage">Rows of a page, where nothing is said.</param>
    /// <param name="newestFirst">The list's own direction.</param>
    public static (ChargifyQuery? Query, string? Wrong) Read(IQueryCollection query, int perPage, bool newestFirst)
    {
        var page = 1;
        if (query.ContainsKey("page") && (!int.TryParse(query["page"], out page) || page < 1)) return (null, "page");
        if (query.ContainsKey("per_page") && (!int.TryParse(query["per_page"], out perPage) || perPage < 1)) return (null, "per_page");
        var (sort, direction, field) = (query["sort"].ToString(), query["direction"].ToString(), query["date_field"].ToString());
        if (sort != "updated_at" && !ByCreation.Contains(sort)) return (null, "sort");
        if (direction is not ("" or "asc" or "desc")) return (null, "direction");
        if (field is not ("" or "created_at" or "updated_at")) return (null, "date_field");
        if (!Time(query["start_datetime"], out var start)) return (null, "start_datetime");
        if (!Time(query["end_datetime"], out var end)) return (null, "end_datetime");
        var descending = direction.Length == 0 ? newestFirst : direction == "desc";
        return (new ChargifyQuery(page, Math.Min(perPage, LargestPage), sort == "updated_at", descending, field == "updated_at", start, end), null);
    }

    /// <summary>The page, and whether it is the last one with rows; beyond that pages are empty.</summary>
    public (IReadOnlyList<BillingRow> Page, bool AtEnd) Run(IEnumerable<BillingRow> rows)
    {
        var found = rows.Where(row => !(Within(row) < Start) && !(Within(row) > End))
            .OrderBy(row => ByUpdate ? row.Updated : row.Created).ThenBy(row => row.Number).ToArray();
        if (Descending) Array.Reverse(found);
        return ([.. found.Skip((Page - 1) * PerPage).Take(PerPage)], Page * PerPage >= found.Length);
    }

    private DateTimeOffset Within(BillingRow row) => Updates ? row.Updated : row.Created;

    private static bool Time(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole)) time = whole;
        else if (DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) time = new DateTimeOffset(local, SiteZone);
        return time is not null;
    }
}
