using System.Text.Json;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Reading;

/// <summary>Fields that a customer has made, which some systems keep in a part of the record: a setting may name either kind.</summary>
public static class CustomFields
{
    /// <summary>The record's own field, else the one of that name in the part; undefined where there is neither.</summary>
    public static JsonElement Value(this JsonElement record, string part, string name) =>
        record.Inside(name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } own ? own : record.Inside(part).Inside(name);

    /// <summary>The named fields of either kind, as they stand; fields that are missing or null are left out.</summary>
    public static Dictionary<string, JsonElement> Pick(this JsonElement record, string part, IReadOnlyList<string> names) =>
        Pick(names, name => record.Value(part, name));

    /// <inheritdoc cref="Pick(JsonElement, string, IReadOnlyList{string})"/>
    public static Dictionary<string, JsonElement> Pick(IEnumerable<string> names, Func<string, JsonElement> value)
    {
        var picked = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in names)
            if (value(name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } found) picked[name] = found;
        return picked;
    }

    /// <summary>A date, or a time with its offset; null where there is none. Anything else makes the record wrong.</summary>
    public static DateTimeOffset? Date(this Fields fields, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (WireTime.ParseDateOrTime(text) is { } time) return time;
        fields.Wrong(name, "is neither a date nor a time with its offset, as in 2026-11-24T09:30:00Z");
        return null;
    }
}
