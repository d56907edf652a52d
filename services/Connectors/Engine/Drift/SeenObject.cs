using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Pipeline.Connectors.Engine.Drift;

/// <summary>What the objects at one place of a page's records hold: which fields, in how many of them, as which JSON. Reads no value, and no list.</summary>
public sealed class SeenObject
{
    /// <summary>How deep fields are followed: the record's own, and those of an object in it.</summary>
    private const int Depth = 2;

    /// <summary>In bytes. What is longer is no name, and left out.</summary>
    private const int LongestName = 128;

    private readonly Dictionary<string, SeenField> _fields = [];

    public IReadOnlyDictionary<string, SeenField> Fields => _fields;

    public int Objects { get; private set; }

    /// <summary>The most fields that one of them has.</summary>
    public int MostFields { get; private set; }

    /// <summary>A page in short. What is no object is no record, and counts for nothing.</summary>
    public static SeenObject Of(IReadOnlyList<JsonElement> records)
    {
        var seen = new SeenObject();
        foreach (var record in records)
            if (record.ValueKind == JsonValueKind.Object) seen.Add(record, Depth);
        return seen;
    }

    private void Add(JsonElement one, int depth)
    {
        Objects++;
        var fields = 0;
        foreach (var property in one.EnumerateObject())
        {
            var kind = JsonKindWords.Of(property.Value.ValueKind);
            if (FieldOf(JsonMarshal.GetRawUtf8PropertyName(property)) is not { } field) continue;
            fields++;
            field.Add(kind);
            if (kind == JsonKinds.Whole && depth > 1) field.Inside().Add(property.Value, depth - 1);
        }

        MostFields = Math.Max(MostFields, fields);
    }

    /// <summary>By the name as it is written, escapes and all: so no name can be unreadable or hold a control character, and most are found without a new text.</summary>
    private SeenField? FieldOf(ReadOnlySpan<byte> written)
    {
        if (written.Length > LongestName) return null;
        Span<char> buffer = stackalloc char[LongestName];
        var name = buffer[..Encoding.UTF8.GetChars(written, buffer)];
        var found = _fields.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!found.TryGetValue(name, out var field)) _fields.Add(name.ToString(), field = new SeenField());
        return field;
    }
}

/// <summary>One field of a page.</summary>
public sealed class SeenField
{
    /// <summary>How many objects carry it; null is as good as absent, but tells that there is such a field.</summary>
    public int Count { get; private set; }

    public JsonKinds Kinds { get; private set; }

    /// <summary>What is in it, where it was an object that is followed.</summary>
    public SeenObject? Parts { get; private set; }

    internal void Add(JsonKinds kind) => (Count, Kinds) = (kind == JsonKinds.None ? Count : Count + 1, Kinds | kind);

    internal SeenObject Inside() => Parts ??= new SeenObject();
}
