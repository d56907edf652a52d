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

    /// <summary>Counts versions: a record that changes is two.</summary>
    public RowCount Count => new(rows, records.Count, Due().Count(), _served.Count);

    /// <param name="deleted">Whether deleted records are shown too, as queryAll does.</param>
    public IEnumerable<SalesforceRecord> Visible(bool deleted) => Due().Where(record => deleted || !record.Deleted).GroupBy(record => record.Id).Select(versions => versions.Last()).OrderBy(record => record.Stamp).ThenBy(record => record.Id, StringComparer.Ordinal);

    /// <summary>The records that have appeared or changed since the last call. Called by one thread.</summary>
    public IReadOnlyList<SalesforceRecord> Appeared() => [.. Due().Where(record => record.Visibility != Visibility.Always && _told.Add(Version(record)))];

    public void MarkServed(IReadOnlyCollection<SalesforceRecord> served)
    {
        _served.Mark(served.Select(Version));
        var newest = records.Last(record => record.Visibility == Visibility.Always && !record.Deleted);
        if (served.Contains(newest)) milestones.Reach(_newestServed);
    }

    private IEnumerable<SalesforceRecord> Due()
    {
        var lagging = milestones.Passed(_newestServed, TimeSpan.FromSeconds(settings.LagSeconds));
        return records.Where(record => record.Visibility switch
        {
            Visibility.Lagging => lagging,
            // Never before the lagging ones: a reader that keeps five minutes of overlap would then be right to miss those.
            Visibility.Late => lagging && Later(0),
            Visibility.Changed => lagging && Later(1),
            Visibility.ChangedBack => lagging && Later(2),
            _ => true,
        });

        bool Later(int changes) => milestones.Passed(Milestones.TicketsExported, TimeSpan.FromSeconds(settings.LateSeconds + (changes * settings.ChangeSeconds)));
    }

    private static string Version(SalesforceRecord record) => $"{record.Id} {record.Stamp.UtcTicks}";
}
