using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>A row as it is from some time on.</summary>
/// <param name="After">How long after the list was first read whole it becomes so; null for a row that is so from the start.</param>
public sealed record RowVersion(long Id, DateTimeOffset Stamp, JsonElement Json, TimeSpan? After = null)
{
    /// <summary>The row without the fields that are only shown when they are asked for.</summary>
    public JsonObject Without(params IEnumerable<string> fields)
    {
        var row = JsonObject.Create(Json)!;
        foreach (var field in fields) row.Remove(field);
        return row;
    }

    /// <summary>The versions of a row that is there from the start, comes later, or changes later.</summary>
    /// <param name="stamp">When it last changed before the start.</param>
    /// <param name="newest">The newest such time of the list. What comes later has that very second or a later one.</param>
    /// <param name="row">The row as of a stamp, before or after its change.</param>
    public static IEnumerable<RowVersion> Of(long id, RowStory story, DateTimeOffset stamp, DateTimeOffset newest, Func<bool, DateTimeOffset, JsonElement> row)
    {
        var later = newest.AddSeconds((id % 4) + (story == RowStory.ChangesLater ? 1 : 0));
        if (story != RowStory.ComesLater) yield return new(id, stamp, row(story != RowStory.ChangesLater, stamp));
        if (story != RowStory.Stays) yield return new(id, later, row(true, later), TimeSpan.FromSeconds(2 + (id % 3)));
    }
}

public enum RowStory
{
    Stays,
    ComesLater,
    ChangesLater,
}

/// <summary>
/// Rows of one kind, of which some come or change once all that was there at first has been in an answer: so a second reading
/// finds something, however fast or slow the first one was. A change counts as a row more.
/// </summary>
public sealed class ChangingList(string kind, IEnumerable<RowVersion> versions, TimeProvider clock)
{
    private readonly RowVersion[] _versions = [.. versions];
    private readonly HashSet<RowVersion> _served = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _lock = new();
    private long? _readWhole;

    public RowCount Count
    {
        get
        {
            lock (_lock) return new(kind, _versions.Length, _versions.Count(IsDue), _served.Count);
        }
    }

    /// <summary>Each row as it is now, by id.</summary>
    public IReadOnlyList<RowVersion> Rows
    {
        get
        {
            lock (_lock) return [.. _versions.Where(IsDue).GroupBy(version => version.Id).Select(row => row.Last()).OrderBy(row => row.Id)];
        }
    }

    /// <summary>Notes that these rows have been in an answer.</summary>
    public void Serve(IEnumerable<RowVersion> rows)
    {
        lock (_lock)
        {
            _served.UnionWith(rows);
            if (_readWhole is null && _versions.All(version => version.After is not null || _served.Contains(version))) _readWhole = clock.GetTimestamp();
        }
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private bool IsDue(RowVersion version) => version.After is not { } after || (_readWhole is { } read && clock.GetElapsedTime(read) >= after);
}
