using System.Globalization;
using System.Text.Json;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargebee;

/// <summary>
/// What a list is asked for. Bounds of time leave out the second that they name, and all rows without <c>updated_at</c>.
/// Source: apidocs.chargebee.com, API v2, Pagination, List customers.
/// </summary>
public sealed record ChargebeeQuery(int Limit, bool ByUpdate, bool Descending, bool Deleted, DateTimeOffset? After, DateTimeOffset? Before, BillingPlace? Offset)
{
    public const int LargestPage = 100;
    private const int DefaultPage = 10;

    /// <summary>Reads the query string; names the parameter that cannot be used.</summary>
    public static (ChargebeeQuery? Query, string? Wrong) Read(IQueryCollection query)
    {
        var limit = DefaultPage;
        if (query.ContainsKey("limit") && (!int.TryParse(query["limit"], out limit) || limit is < 1 or > LargestPage)) return (null, "limit");
        var (ascending, descending) = (query["sort_by[asc]"].ToString(), query["sort_by[desc]"].ToString());
        var sort = ascending + descending;
        if (sort is not ("" or "updated_at" or "created_at" or "date")) return (null, ascending.Length > 0 ? "sort_by[asc]" : "sort_by[desc]");
        if (query["include_deleted"].ToString() is not ("" or "true" or "false")) return (null, "include_deleted");
        if (!Time(query["updated_at[after]"], out var after)) return (null, "updated_at[after]");
        if (!Time(query["updated_at[before]"], out var before)) return (null, "updated_at[before]");
        BillingPlace? offset = null;
        if (query.ContainsKey("offset") && (offset = ReadOffset(query["offset"].ToString())) is null) return (null, "offset");
        return (new ChargebeeQuery(limit, sort == "updated_at", ascending.Length == 0, query["include_deleted"] == "true", after, before, offset), null);
    }

    public (IReadOnlyList<BillingRow> Page, string? NextOffset) Run(IEnumerable<BillingRow> rows)
    {
        var (page, next) = BillingPlace.Page(rows.Where(Fits), row => (ByUpdate ? Updated(row) : null) ?? ChargebeePlan.CreatedOf(row), Descending, Offset, Limit);
        return (page, next is null ? null : $"[\"{next.Stamp.ToUnixTimeMilliseconds()}\",\"{next.Number}\"]");
    }

    private bool Fits(BillingRow row) =>
        (Deleted || !row.Deleted) && (After is null || Updated(row) > After) && (Before is null || Updated(row) < Before);

    private static DateTimeOffset? Updated(BillingRow row) => ChargebeePlan.IsUntouched(row) ? null : row.Updated;

    private static bool Time(string? text, out DateTimeOffset? time)
    {
        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        time = read ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return read || string.IsNullOrEmpty(text);
    }

    private static BillingPlace? ReadOffset(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(text) is [var stamp, var number]
                ? new BillingPlace(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(stamp, CultureInfo.InvariantCulture)), int.Parse(number, CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
