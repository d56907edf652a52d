using Pipeline.Contracts.Operations;

namespace Pipeline.Hosting.Ledger;

/// <summary>Finds what does not add up. Pure.</summary>
public static class LedgerAudit
{
    public static LedgerLine Line(LedgerEntry entry) =>
        new(entry.Stream, entry.Source, entry.Received, entry.Accepted, entry.Parked, entry.DeadLettered, entry.Superseded, entry.Duplicates);

    /// <summary>Lines whose places do not sum to what was received.</summary>
    public static IEnumerable<string> Unbalanced(IEnumerable<LedgerEntry> entries) => entries.Where(entry => !entry.Balances).Select(entry =>
        $"{entry.Stream} from {entry.Source}: received {entry.Received}, but the places sum to {entry.Accepted + entry.Parked + entry.DeadLettered + entry.Superseded + entry.Duplicates}.");

    /// <summary>Places whose counter differs from the table that it counts.</summary>
    public static IEnumerable<string> Differences(
        string place, IReadOnlyList<LedgerEntry> entries, Func<LedgerEntry, long> counter, IReadOnlyDictionary<(string Stream, string Source), long> table)
    {
        var counted = entries.ToDictionary(entry => (entry.Stream, entry.Source), counter);
        foreach (var key in counted.Keys.Union(table.Keys).Order())
        {
            var (says, holds) = (counted.GetValueOrDefault(key), table.GetValueOrDefault(key));
            if (says != holds) yield return $"{key.Stream} from {key.Source}: the ledger says {says} {place}, the table holds {holds}.";
        }
    }
}
