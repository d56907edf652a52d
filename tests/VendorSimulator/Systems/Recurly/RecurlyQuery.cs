using System.Globalization;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Recurly;

/// <summary>
/// What a list is asked for. The times are inclusive and go by the field of the sort; a cursor goes on in the same order.
/// Source: recurly.com/developers, API v2021-02-25, Pagination.
/// </summary>
public sealed record RecurlyQuery(int Limit, string Sort, bool Descending, DateTimeOffset? Begin, DateTimeOffset? End, BillingPlace? After)
{
    public const int LargestPage = 200;
    private const int DefaultPage = 20;

    /// <summary>Reads the query string; names the parameter that cannot be used.</summary>
    public static (RecurlyQuery? Query, string? Wrong) Read(IQueryCollection query)
    {
        var (limit, sort, order) = (DefaultPage, Or(query["sort"], "created_at"), Or(query["order"], "desc"));
        if (query.ContainsKey("limit") && (!int.TryParse(query["limit"], out limit) || limit is < 1 or > LargestPage)) return (null, "limit");
        if (sort is not ("created_at" or "updated_at")) return (null, "sort");
        if (order is not ("asc" or "desc")) return (null, "order");
        if (!Time(query["begin_time"], out var begin)) return (null, "begin_time");
        if (!Time(query["end_time"], out var end)) return (null, "end_time");
        BillingPlace? after = null;
        if (query.ContainsKey("cursor") && (after = Cursor(query["cursor"].ToString())) is null) return (null, "cursor");
        return (new RecurlyQuery(limit, sort, order == "desc", begin, end, after), null);
    }

    public (IReadOnlyList<BillingRow> Page, BillingPlace? Next) Run(IEnumerable<BillingRow> rows) =>
        BillingPlace.Page(rows.Where(row => !(Stamp(row) < Begin) && !(Stamp(row) > End)), Stamp, Descending, After, Limit);

    /// <summary>Where the next page is, with all that this one was asked for.</summary>
    public string Address(string path, BillingPlace next) =>
        $"{path}?cursor={next.Number}%3A{next.Stamp.ToUnixTimeSeconds()}&limit={Limit}&order={(Descending ? "desc" : "asc")}&sort={Sort}{Bound("begin_time", Begin)}{Bound("end_time", End)}";

    private DateTimeOffset Stamp(BillingRow row) => Sort == "updated_at" ? row.Updated : row.Created;

    private static string Bound(string name, DateTimeOffset? time) => time is { } at ? $"&{name}={at.UtcDateTime:yyyy-MM-ddTHH'%3A'mm'%3A'ss.fff}Z" : "";

    private static BillingPlace? Cursor(string text) =>
        text.Split(':') is [var number, var stamp] && int.TryParse(number, out var at) && long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new BillingPlace(DateTimeOffset.FromUnixTimeSeconds(seconds), at) : null;

    private static bool Time(string? text, out DateTimeOffset? time)
    {
        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        time = read ? value : null;
        return read || string.IsNullOrEmpty(text);
    }

    private static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}
