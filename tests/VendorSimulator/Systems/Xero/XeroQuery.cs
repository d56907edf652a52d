using System.Globalization;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>A request for a page of a list.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Ids">Those asked for; empty for all.</param>
/// <param name="Since">What has not changed after this second is left out.</param>
public sealed record XeroQuery(int Number, int Size, bool Descending, bool Archived, IReadOnlyList<string> Ids, DateTimeOffset? Since)
{
    private const int Largest = 1000;
    private const int Default = 100;

    /// <summary>Says what is wrong with the request where it cannot be answered.</summary>
    public static (XeroQuery? Query, string? Error) Read(HttpRequest request)
    {
        if (Whole(request, "page", 1, int.MaxValue, 1) is not { } number) return (null, "Invalid page.");
        if (Whole(request, "pageSize", 1, Largest, Default) is not { } size) return (null, $"pageSize must be from 1 to {Largest}.");
        var order = request.Query["order"].ToString();
        if (order is not ("" or "UpdatedDateUTC" or "UpdatedDateUTC ASC" or "UpdatedDateUTC DESC")) return (null, $"No property or field named in the order '{order}'.");
        var since = request.Headers.IfModifiedSince.ToString();
        if (since.Length > 0 && Time(since) is null) return (null, "If-Modified-Since is no time.");
        return (new XeroQuery(number, size, order.EndsWith("DESC", StringComparison.Ordinal), request.Query["includeArchived"] == "true", request.Query["IDs"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries), Time(since)), null);
    }

    /// <summary>The page, and how many rows there are in all.</summary>
    public (IReadOnlyList<StampedRow> Page, int Rows) Run(IEnumerable<StampedRow> rows)
    {
        var found = rows.Where(row => (Since is null || row.Stamp > Since) && (Archived || !IsArchived(row)) && (Ids.Count == 0 || Ids.Contains(row.Id))).ToArray();
        if (Descending) Array.Reverse(found);
        return ([.. found.Skip((int)Math.Min((long)(Number - 1) * Size, found.Length)).Take(Size)], found.Length);
    }

    private static bool IsArchived(StampedRow row) => row.Json.TryGetProperty("ContactStatus", out var status) && status.GetString() == "ARCHIVED";

    private static int? Whole(HttpRequest request, string name, int least, int most, int otherwise) =>
        request.Query[name].ToString() is not { Length: > 0 } text ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
