using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.World.Billing;

/// <summary>A record at one time.</summary>
/// <param name="Version">0 as it was at first, 1 after its change.</param>
public sealed record BillingRow(BillingRecord Record, int Version, DateTimeOffset Created, DateTimeOffset Updated)
{
    public int Number => Record.Number;

    public bool Deleted => Record.Deleted || (Version > 0 && Record.DeletedByChange);

    /// <summary>Whether it came about while the system was read.</summary>
    public bool IsNews => Version > 0 || Record.AppearsAfter is not null;
}

/// <summary>
/// The records of one kind over time. What is to come counts from the end of the first reading, so that a reader has seen the
/// state before; each change bears the second in which it happens.
/// </summary>
/// <param name="rows">The kind, in the vendor's word.</param>
/// <param name="lag">
/// From the second of a change until the vendor shows it, for records of even numbers; the others are shown at once, so that some
/// show behind younger ones.
/// </param>
public sealed class BillingList(string rows, IEnumerable<BillingRecord> records, TimeSpan lag, TimeProvider clock)
{
    private readonly BillingRecord[] _records = [.. records];
    private readonly Served _served = new();
    private readonly HashSet<(int Number, int Version)> _told = [];
    private readonly Lock _lock = new();
    private DateTimeOffset? _readAt;

    /// <summary>Every version counts: a reader has something to do for each.</summary>
    public RowCount Count
    {
        get
        {
            var now = Moment();
            return new(rows, _records.Sum(record => record.ChangesAfter is null ? 1 : 2), _records.Sum(record => Versions(record, now).Count()), _served.Count);
        }
    }

    /// <summary>The newest version of each record that is shown now.</summary>
    public IReadOnlyList<BillingRow> Now()
    {
        var now = Moment();
        return [.. _records.Select(record => Versions(record, now).LastOrDefault()).OfType<BillingRow>()];
    }

    /// <summary>All that has come about while the system was read, in the order of its stamps.</summary>
    public IReadOnlyList<BillingRow> News()
    {
        var now = Moment();
        return [.. _records.SelectMany(record => Versions(record, now)).Where(row => row.IsNews).OrderBy(row => row.Updated).ThenBy(row => row.Number)];
    }

    /// <summary>What has come about since this was last asked; for one asker, who tells it on.</summary>
    public IReadOnlyList<BillingRow> Untold() => [.. News().Where(row => _told.Add((row.Number, row.Version)))];

    /// <summary>The record as it is shown now; null where it is not.</summary>
    public BillingRow? Now(BillingRecord record) => Versions(record, Moment()).LastOrDefault();

    /// <param name="atEnd">Whether nothing follows this page.</param>
    public void Serve(IEnumerable<BillingRow> page, bool atEnd)
    {
        _served.Mark(page.Select(row => $"{row.Number}/{row.Version}"));
        if (!atEnd) return;
        lock (_lock) _readAt ??= clock.GetUtcNow();
    }

    private (DateTimeOffset Now, DateTimeOffset? ReadAt) Moment()
    {
        lock (_lock) return (clock.GetUtcNow(), _readAt);
    }

    private IEnumerable<BillingRow> Versions(BillingRecord record, (DateTimeOffset Now, DateTimeOffset? ReadAt) moment)
    {
        var (created, updated) = (record.Created, record.Updated);
        if (record.AppearsAfter is { } appears)
        {
            if (Second(record, appears, moment) is not { } at) yield break;
            (created, updated) = (at, at);
        }

        yield return new BillingRow(record, 0, created, updated);
        if (record.ChangesAfter is { } changes && Second(record, changes, moment) is { } changed) yield return new BillingRow(record, 1, created, changed);
    }

    private DateTimeOffset? Second(BillingRecord record, TimeSpan after, (DateTimeOffset Now, DateTimeOffset? ReadAt) moment)
    {
        if (moment.ReadAt is not { } read) return null;
        var second = DateTimeOffset.FromUnixTimeSeconds((read + after).ToUnixTimeSeconds());
        return moment.Now >= second + (record.Number % 2 == 0 ? lag : TimeSpan.Zero) ? second : null;
    }
}
