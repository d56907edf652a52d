using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>
/// The rows of one kind, in the order of their stamps. The late ones come a while after all others were served, so that a
/// client has something to find after its first reading, however fast it is.
/// </summary>
/// <param name="kind">In the vendor's word.</param>
/// <param name="lateSeconds">From the moment at which the last of the early rows was served.</param>
public sealed class ChangingRows(string kind, IReadOnlyCollection<StampedRow> rows, double lateSeconds, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly HashSet<StampedRow> _served = new(ReferenceEqualityComparer.Instance);
    private readonly StampedRow[] _early = InOrder(rows.Where(row => !row.Late));
    private readonly StampedRow[] _newest = InOrder(rows.GroupBy(row => row.Id).Select(versions => versions.MaxBy(row => row.Late)!));
    private readonly int _versions = rows.Count;
    private int _earlyServed;
    private long _readAt;
    private bool _told;

    /// <summary>What the API shows now.</summary>
    public IReadOnlyList<StampedRow> Visible => LateHaveCome ? [.. _newest.Where(row => !row.Gone)] : _early;

    /// <summary>Counts versions: a row that changes is two.</summary>
    public RowCount Count
    {
        get
        {
            lock (_lock) return new(kind, _versions, LateHaveCome ? _versions : _early.Length, _served.Count);
        }
    }

    /// <summary>Where the objects must end.</summary>
    public IEnumerable<ChildTruth> Ends => _newest.Select(row => row.End).OfType<ChildTruth>();

    private bool LateHaveCome
    {
        get
        {
            lock (_lock) return _earlyServed == _early.Length && clock.GetElapsedTime(_readAt) >= TimeSpan.FromSeconds(lateSeconds);
        }
    }

    /// <summary>The row of this id, as it is shown now; null where there is none.</summary>
    public StampedRow? Find(string id) => Visible.FirstOrDefault(row => row.Id == id);

    /// <summary>The late rows, once, when they have come.</summary>
    public IReadOnlyList<StampedRow> Appeared()
    {
        if (_told || !LateHaveCome) return [];
        _told = true;
        return [.. _newest.Where(row => row.Late)];
    }

    /// <summary>Whether a late row is of an object that was not there before.</summary>
    public bool IsNew(StampedRow late) => !_early.Any(row => row.Id == late.Id);

    public void MarkServed(IEnumerable<StampedRow> served)
    {
        lock (_lock)
        {
            foreach (var row in served)
                if (_served.Add(row) && !row.Late && ++_earlyServed == _early.Length) _readAt = clock.GetTimestamp();
        }
    }

    private static StampedRow[] InOrder(IEnumerable<StampedRow> rows) => [.. rows.OrderBy(row => row.Stamp).ThenBy(row => row.Id, StringComparer.Ordinal)];
}
