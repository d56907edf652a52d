using System.Text.Json;

namespace Pipeline.Connectors.Reading;

/// <summary>Reads the envelope of a page. A missing part is an <see cref="UnknownShapeException"/> that names it.</summary>
public static class JsonShape
{
    /// <summary>The records under this name.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement body, string name) =>
        Find(body, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : throw Missing(name, "a list");

    /// <summary>The records of an answer that is itself the list.</summary>
    public static IReadOnlyList<JsonElement> Rows(this JsonElement body) =>
        body.ValueKind == JsonValueKind.Array ? [.. body.EnumerateArray()] : throw new UnknownShapeException($"The answer has no list at its top; it is a JSON {body.ValueKind}.");

    /// <summary>An object that must be there.</summary>
    public static JsonElement Part(this JsonElement body, string name) =>
        Find(body, name) is { ValueKind: JsonValueKind.Object } part ? part : throw Missing(name, "an object");

    /// <summary>A text that must be there.</summary>
    public static string Text(this JsonElement body, string name) => OptionalText(body, name) ?? throw Missing(name, "a text");

    /// <summary>A text, or null where it is missing, null or empty.</summary>
    public static string? OptionalText(this JsonElement body, string name) =>
        Find(body, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

    public static bool Flag(this JsonElement body, string name) => Find(body, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Missing(name, "true or false"),
    };

    /// <summary>A whole number, or null.</summary>
    public static long? OptionalWhole(this JsonElement body, string name) =>
        Find(body, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>The named fields of a record, as they stand; fields that are missing or null are left out.</summary>
    public static Dictionary<string, JsonElement> Pick(this JsonElement record, IReadOnlyList<string> names)
    {
        var picked = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in names)
            if (Find(record, name) is { ValueKind: not JsonValueKind.Null } value) picked[name] = value;
        return picked;
    }

    private static JsonElement? Find(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : null;

    private static UnknownShapeException Missing(string name, string what) => new($"The answer has no \"{name}\" that is {what}.");
}
