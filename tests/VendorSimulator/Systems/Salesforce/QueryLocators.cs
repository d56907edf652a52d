using System.Collections.Concurrent;
using System.Globalization;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>The results of a query, held from its first page to its last, so that a page is not changed by rows that appear meanwhile.</summary>
public sealed record QueryResults(SalesforceTable Table, IReadOnlyList<string> Fields, IReadOnlyList<SalesforceRecord> Records);

/// <summary>Open results under their locators. The oldest go when there are too many, as the vendor's do.</summary>
public sealed class QueryLocators
{
    private const int Open = 50;

    private readonly ConcurrentDictionary<string, QueryResults> _results = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private long _number;

    public string Keep(QueryResults results)
    {
        var id = $"01gnw{Interlocked.Increment(ref _number):0000000000}QAI";
        _results[id] = results;
        _order.Enqueue(id);
        while (_results.Count > Open && _order.TryDequeue(out var oldest)) _results.TryRemove(oldest, out _);
        return id;
    }

    /// <summary>The results and the place in them that <c>locator-offset</c> names; null where they are gone or never were.</summary>
    public (string Id, QueryResults Results, int Offset)? Find(string locator)
    {
        var dash = locator.LastIndexOf('-');
        if (dash < 0 || !_results.TryGetValue(locator[..dash], out var results)) return null;
        return int.TryParse(locator.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset <= results.Records.Count
            ? (locator[..dash], results, offset)
            : null;
    }
}
