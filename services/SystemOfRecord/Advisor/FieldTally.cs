using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Counts one field of one system while its records stream by. What it keeps is bounded: a sample, and the values of a field that has few.</summary>
internal sealed partial class FieldTally(int number, string system, string name)
{
    /// <summary>How many distinct values are looked at to tell how a field is made: those with the least hash, so that their order does not matter.</summary>
    public const int SampleSize = 2000;

    /// <summary>A field with more values than this is none to filter by.</summary>
    public const int MostFilterValues = 12;

    private readonly SortedSet<(Guid Hash, string Value)> _sample = new(Comparer<(Guid Hash, string Value)>.Create((one, other) => one.Hash.CompareTo(other.Hash)));
    private readonly Dictionary<string, long> _types = new(StringComparer.Ordinal);
    private Dictionary<string, long>? _few = new(StringComparer.Ordinal);

    public int Number => number;

    public string System => system;

    public string Field => name;

    public long Carried { get; private set; }

    public IReadOnlyCollection<string> Sample => [.. _sample.Select(kept => kept.Value)];

    /// <summary>The values and how many records have each; null where there are too many.</summary>
    public IReadOnlyDictionary<string, long>? Few => _few;

    /// <summary>Notes that a record carries the field.</summary>
    public void Carry() => Carried++;

    /// <summary>Takes one value with its hash.</summary>
    public void Take(string value, JsonValueKind kind, Guid hash)
    {
        var type = TypeOf(value, kind);
        _types[type] = _types.GetValueOrDefault(type) + 1;
        if (_few is not null)
        {
            _few[value] = _few.GetValueOrDefault(value) + 1;
            if (_few.Count > MostFilterValues) _few = null;
        }

        if (_sample.Count == SampleSize && hash.CompareTo(_sample.Max.Hash) >= 0) return;
        if (_sample.Add((hash, value)) && _sample.Count > SampleSize) _sample.Remove(_sample.Max);
    }

    /// <summary>text, integer, decimal, date or boolean where all values are; integers among decimals are decimals; else mixed.</summary>
    public string Type => _types.Count switch
    {
        0 => "text",
        1 => _types.Keys.First(),
        2 when _types.ContainsKey("integer") && _types.ContainsKey("decimal") => "decimal",
        _ => "mixed",
    };

    private static string TypeOf(string value, JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.AsSpan().ContainsAny(".eE") ? "decimal" : "integer",
        _ => Date.IsMatch(value) ? "date" : "text",
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date { get; }
}
