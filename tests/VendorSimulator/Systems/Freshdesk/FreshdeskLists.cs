using System.Globalization;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Freshdesk;

/// <summary>Answers for the lists: a bare array, with the next page in the Link header.</summary>
public sealed class FreshdeskLists(Vendor vendor, TimeProvider clock)
{
    private const int DefaultPage = 30;
    private const int LargestPage = 100;
    private static readonly TimeSpan ShownWithoutFilter = TimeSpan.FromDays(30);

    /// <param name="filter">The name of the filter by the change; empty where there is none, and what looks like one is ignored.</param>
    public IResult Show(HttpContext context, ChangingList list, string filter)
    {
        if (Page(context, int.MaxValue, out var page) is { } refusal) return refusal;
        if (Since(context, filter, out var since) is { } wrong) return wrong;
        return Show(context, list, page, [.. list.Rows.Where(row => since is null || row.Stamp >= since)], []);
    }

    /// <summary>With an order of the reader's choice; the newest first where none is chosen.</summary>
    public IResult ShowTickets(HttpContext context, ChangingList list)
    {
        if (Page(context, FreshdeskTickets.LastPage, out var page) is { } refusal) return refusal;
        if (Since(context, "updated_since", out var since) is { } wrong) return wrong;
        var query = context.Request.Query;
        if (query["order_by"].ToString() is not ("" or "created_at" or "updated_at")) return Invalid("order_by", "It should be one of these values: 'created_at,due_by,updated_at,status'");

        var hidden = query["include"].ToString().Split(',').Contains("requester") ? Enumerable.Empty<string>() : ["requester"];
        var from = since ?? clock.GetUtcNow() - ShownWithoutFilter;
        var rows = list.Rows.Where(row => row.Stamp >= from).OrderBy(row => row.Stamp);
        return Show(context, list, page, query["order_type"] == "asc" ? [.. rows] : [.. rows.Reverse()], hidden);
    }

    private IResult Show(HttpContext context, ChangingList list, NumberedPage page, IReadOnlyList<RowVersion> rows, IEnumerable<string> hidden)
    {
        var found = page.Of(rows);
        list.Serve(found);
        if (page.Link(context, vendor, rows.Count) is { } link) context.Response.Headers.Link = link;
        return Answer.Json(found.Select(row => row.Without(hidden)));
    }

    private static IResult? Page(HttpContext context, int lastPage, out NumberedPage page)
    {
        var asked = NumberedPage.Read(context.Request.Query, "per_page", DefaultPage);
        page = asked ?? new(1, 1);
        if (asked is null or { Size: > LargestPage }) return Invalid("per_page", $"It should be a Positive Integer less than or equal to {LargestPage}");
        return page.Number > lastPage ? Invalid("page", $"You cannot access tickets beyond the {lastPage}th page. Please provide a smaller page number.") : null;
    }

    private static IResult? Since(HttpContext context, string filter, out DateTimeOffset? since)
    {
        var text = filter.Length == 0 ? "" : context.Request.Query[filter].ToString();
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        since = isTime ? time : null;
        return isTime || text.Length == 0 ? null : Invalid(filter, "It should be in the 'combined date and time ISO8601' format");
    }

    private static IResult Invalid(string field, string message) =>
        Answer.Json(new { description = "Validation failed", errors = new[] { new { field, message, code = "invalid_value" } } }, 400);
}
