using System.Globalization;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>One page of an export and whether the export is at its end with it.</summary>
public sealed record ZendeskPage(IReadOnlyList<ZendeskRow> Rows, bool AtEnd);

/// <summary>Rows of one kind in the order of their changes, and the two ways to page through them.</summary>
public sealed class ZendeskExport(string kind, IEnumerable<ZendeskRow> rows)
{
    private readonly ZendeskRow[] _rows = [.. rows.OrderBy(row => row.Stamp).ThenBy(row => row.Id)];
    private readonly Served _served = new();

    public string Kind { get; } = kind;

    public RowCount Count => new(Kind, _rows.Length, _rows.Length, _served.Count);

    /// <summary>The rows after the cursor, or from the start time.</summary>
    public ZendeskPage After(ZendeskCursor? cursor, long startTime, int size)
    {
        var first = Array.FindIndex(_rows, row => cursor is null ? row.Stamp >= startTime : row.Stamp > cursor.Stamp || (row.Stamp == cursor.Stamp && row.Id > cursor.Id));
        return Page(first, size);
    }

    /// <summary>
    /// The rows from the start time. The page grows past its size while the next row has the stamp of the last one, for the
    /// next page starts at that stamp; so no row is lost, and at least one comes twice.
    /// </summary>
    public ZendeskPage From(long startTime, int size)
    {
        var first = Array.FindIndex(_rows, row => row.Stamp >= startTime);
        while (first >= 0 && first + size < _rows.Length && _rows[first + size].Stamp == _rows[first + size - 1].Stamp) size++;
        return Page(first, size);
    }

    private ZendeskPage Page(int first, int size)
    {
        if (first < 0) return new ZendeskPage([], true);
        var page = _rows[first..Math.Min(first + size, _rows.Length)];
        _served.Mark(page.Select(row => row.Id.ToString(CultureInfo.InvariantCulture)));
        return new ZendeskPage(page, first + page.Length == _rows.Length);
    }
}
