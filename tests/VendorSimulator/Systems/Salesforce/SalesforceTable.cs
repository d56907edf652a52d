using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>The records of one object and which of them can be seen now.</summary>
/// <param name="entity">The object's API name.</param>
/// <param name="rows">What its records are called together.</param>
/// <param name="records">In the order of their stamps.</param>
public sealed class SalesforceTable(string entity, string rows, IReadOnlyList<SalesforceRecord> records, SalesforceSettings settings, Milestones milestones)
{
    private readonly string _newestServed = $"salesforce newest of {rows} served";
    private readonly Served _served = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public string Entity => entity;

    public RowCount Count => new(rows, records.Count, Visible(deleted: true).Count(), _served.Count);

    /// <param name="deleted">Whether deleted records are shown too, as queryAll does.</param>
    public IEnumerable<SalesforceRecord> Visible(bool deleted)
    {
        var lagging = milestones.Passed(_newestServed, TimeSpan.FromSeconds(settings.LagSeconds));
        // Never before the lagging ones: a reader that keeps five minutes of overlap would then be right to miss those.
        var late = lagging && milestones.Passed(Milestones.TicketsExported, TimeSpan.FromSeconds(settings.LateSeconds));
        return records.Where(record => (deleted || !record.Deleted) && record.Visibility switch
        {
            Visibility.Lagging => lagging,
            Visibility.Late => late,
            _ => true,
        });
    }

    /// <summary>The records that have appeared since the last call. Called by one thread.</summary>
    public IReadOnlyList<SalesforceRecord> Appeared() => [.. Visible(deleted: true).Where(record => record.Visibility != Visibility.Always && _told.Add(record.Id))];

    public void MarkServed(IReadOnlyCollection<SalesforceRecord> served)
    {
        _served.Mark(served.Select(record => record.Id));
        var newest = records.Last(record => record.Visibility == Visibility.Always && !record.Deleted);
        if (served.Contains(newest)) milestones.Reach(_newestServed);
    }
}
