using System.Globalization;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>One page of an export and whether the export is at its end with it.</summary>
public sealed record ZendeskPage(IReadOnlyList<ZendeskRow> Rows, bool AtEnd);

/// <summary>Rows of one kind in the order of their changes, and the two ways to page through them.</summary>
/// <param name="later">Rows as they are once they have changed; each then leaves its old place.</param>
/// <param name="changed">Whether they have.</param>
public sealed class ZendeskExport(string kind, IReadOnlyList<ZendeskRow> rows, IReadOnlyList<ZendeskRow> later, Func<bool> changed)
{
    private readonly ZendeskRow[] _before = InOrder(rows);
    private readonly ZendeskRow[] _after = InOrder(rows.ExceptBy(later.Select(row => row.Id), row => row.Id).Concat(later));
    private readonly Served _served = new();

    public string Kind { get; } = kind;

    /// <summary>A change counts as a row more.</summary>
    public RowCount Count => new(Kind, rows.Count + later.Count, rows.Count + (changed() ? later.Count : 0), _served.Count);

    /// <summary>The rows after the cursor, or from the start time.</summary>
    public ZendeskPage After(ZendeskCursor? cursor, long startTime, int size)
    {
        var now = Now;
        var first = Array.FindIndex(now, row => cursor is null ? row.Stamp >= startTime : row.Stamp > cursor.Stamp || (row.Stamp == cursor.Stamp && row.Id > cursor.Id));
        return Page(now, first, size);
    }

    /// <summary>
    /// The rows from the start time. The page grows past its size while the next row has the stamp of the last one, for the
    /// next page starts at that stamp; so no row is lost, and at least one comes twice.
    /// </summary>
    public ZendeskPage From(long startTime, int size)
    {
        var now = Now;
        var first = Array.FindIndex(now, row => row.Stamp >= startTime);
        while (first >= 0 && first + size < now.Length && now[first + size].Stamp == now[first + size - 1].Stamp) size++;
        return Page(now, first, size);
    }

    /// <summary>Rows by their ids, as they are now.</summary>
    public IReadOnlyList<ZendeskRow> Find(IReadOnlySet<long> ids)
    {
        ZendeskRow[] found = [.. Now.Where(row => ids.Contains(row.Id))];
        Mark(found);
        return found;
    }

    private ZendeskRow[] Now => changed() ? _after : _before;

    private ZendeskPage Page(ZendeskRow[] now, int first, int size)
    {
        if (first < 0) return new ZendeskPage([], true);
        var page = now[first..Math.Min(first + size, now.Length)];
        Mark(page);
        return new ZendeskPage(page, first + page.Length == now.Length);
    }

    private void Mark(IEnumerable<ZendeskRow> page) => _served.Mark(page.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Id} {row.Stamp}")));

    private static ZendeskRow[] InOrder(IEnumerable<ZendeskRow> rows) => [.. rows.OrderBy(row => row.Stamp).ThenBy(row => row.Id)];
}
