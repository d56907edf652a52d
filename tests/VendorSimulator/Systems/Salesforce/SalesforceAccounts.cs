using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>The Account records and which of them can be seen now.</summary>
public sealed class SalesforceAccounts(AccountWorld world, SalesforceSettings settings, Milestones milestones)
{
    private const string NewestServed = "salesforce newest served";

    private readonly IReadOnlyList<SalesforceRecord> _records = SalesforceData.Of(world, settings.DeletedRecords);
    private readonly Served _served = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public RowCount Count => new("accounts", _records.Count, Visible(deleted: true).Count(), _served.Count);

    /// <param name="deleted">Whether deleted records are shown too, as queryAll does.</param>
    public IEnumerable<SalesforceRecord> Visible(bool deleted)
    {
        var lagging = milestones.Passed(NewestServed, TimeSpan.FromSeconds(settings.LagSeconds));
        // Never before the lagging ones: a reader that keeps five minutes of overlap would then be right to miss those.
        var late = lagging && milestones.Passed(Milestones.TicketsExported, TimeSpan.FromSeconds(settings.LateSeconds));
        return _records.Where(record => (deleted || !record.Deleted) && record.Visibility switch
        {
            Visibility.Lagging => lagging,
            Visibility.Late => late,
            _ => true,
        });
    }

    /// <summary>The records that have appeared since the last call. Called by one thread.</summary>
    public IReadOnlyList<SalesforceRecord> Appeared() => [.. Visible(deleted: true).Where(record => record.Visibility != Visibility.Always && _told.Add(record.Id))];

    public void MarkServed(IReadOnlyCollection<SalesforceRecord> records)
    {
        _served.Mark(records.Select(record => record.Id));
        var newest = _records.Last(record => record.Visibility == Visibility.Always && !record.Deleted);
        if (records.Contains(newest)) milestones.Reach(NewestServed);
    }
}
