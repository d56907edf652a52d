using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>A condition on one field of a record. Texts are compared exactly; a number or a boolean is compared as it is written in JSON.</summary>
public sealed class Condition
{
    /// <summary>The field's name in its system.</summary>
    public string Field { get; set; } = "";

    /// <summary>The field has this value.</summary>
    public new string? Equals { get; set; }

    /// <summary>The field has another value than this, or none.</summary>
    public string? Not { get; set; }

    /// <summary>The field has one of these values.</summary>
    public string[]? In { get; set; }

    /// <summary>Whether the field has a value at all.</summary>
    public bool? Exists { get; set; }

    /// <summary>Null where the record passes; else what was asked and what was seen.</summary>
    public string? Fails(IReadOnlyDictionary<string, JsonElement> fields)
    {
        var seen = Text(fields.TryGetValue(Field, out var value) ? value : default);
        if (Equals is not null && seen != Equals) return $"{Field} must be {Equals} and is {Shown(seen)}";
        if (Not is not null && seen == Not) return $"{Field} must not be {Not}";
        if (In is not null && !In.Contains(seen)) return $"{Field} must be one of {string.Join(", ", In)} and is {Shown(seen)}";
        if (Exists is { } exists && exists != seen is not null) return exists ? $"{Field} must have a value" : $"{Field} must have no value and is {seen}";
        return null;
    }

    /// <summary>What is wrong with the condition itself, or null.</summary>
    public string? Mistake() =>
        Field.Length == 0 ? "names no Field"
            : Equals is null && Not is null && In is null && Exists is null ? "asks nothing: give Equals, Not, In or Exists"
            : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static string Shown(string? seen) => seen ?? "empty";
}
