using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Freshsales;

/// <summary>A list that is only seen through views, which users make and name as they like.</summary>
/// <param name="List">The key of the records in an answer, and the part of the path.</param>
/// <param name="AllView">The id of the view that shows all.</param>
/// <param name="Includable">What is embedded in a record only if it is asked for.</param>
/// <param name="CountsPages">Whether the view says how many pages it has; not every one does.</param>
public sealed record FreshsalesView(string List, long AllView, string Includable, bool CountsPages, ChangingList Rows)
{
    /// <summary>The view of the user's own records, of which there are none.</summary>
    private long OwnView => AllView + 1;

    public object Filters => new
    {
        filters = new[] { Filter(OwnView, "Meine"), Filter(AllView, "Alle (Vertrieb)") },
    };

    /// <summary>One page of the view; null where there is no such view.</summary>
    public object? Page(long view, NumberedPage page, string sort, bool descending, string include)
    {
        if (view != AllView && view != OwnView) return null;
        var rows = view == AllView ? Rows.Rows : [];
        if (sort == "updated_at") rows = [.. descending ? rows.OrderByDescending(row => row.Stamp) : rows.OrderBy(row => row.Stamp)];
        var found = page.Of(rows);
        Rows.Serve(found);
        var hidden = include.Split(',').Contains(Includable) ? Enumerable.Empty<string>() : [Includable];
        var answer = new Dictionary<string, object> { [List] = found.Select(row => row.Without(hidden)) };
        if (CountsPages) answer["meta"] = new { total_pages = page.Pages(rows.Count), total = rows.Count };
        return answer;
    }

    private object Filter(long id, string name) => new { id, name, model_class_name = List, user_id = 0, is_default = true, updated_at = "2024-05-02T08:00:00Z" };
}
