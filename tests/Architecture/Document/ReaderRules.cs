using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>
/// What MessageReader takes is more than what the serialiser writes: null for a field that is left out, whole numbers as
/// text. These rules say so in JSON Schema; a test holds them against the reader.
/// </summary>
internal static class ReaderRules
{
    /// <summary>At least one character that is not white space, by .NET's list.</summary>
    public const string NotBlank = "[^\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

    private const string Blank = "^[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*$";
    private const string NoControls = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

    /// <summary>The schema of a field as it is read.</summary>
    public static JsonNode AsRead(JsonPropertyInfo field, JsonNode written)
    {
        if (written is JsonObject json && json.ContainsKey("$ref")) return written;
        var type = field.PropertyType;
        if (type == typeof(string)) return !field.IsRequired && !IsPositional(field) ? Types("string", "integer", "null") : IsName(field) ? Name() : RequiredText();
        if (type == typeof(DateTimeOffset)) return new JsonObject { ["type"] = "string", ["pattern"] = WireTime.Pattern };
        if (type == typeof(DateTimeOffset?)) return DateOrTime();
        if (type == typeof(bool)) return Types("boolean", "null");
        if (type == typeof(JsonElement) || type == typeof(IReadOnlyDictionary<string, JsonElement>)) return Types("object", "null");
        if (type == typeof(IReadOnlyList<string>)) return List(Types("string", "null"));
        return List(written["items"]!.DeepClone());
    }

    public static JsonObject StatedAccountId() => new()
    {
        ["description"] = "An account_id as a sender wrote it. A text is taken as it stands; a whole number of any length is read as its digits; null and blank text are missing. "
            + "A number with a fraction or an exponent, which JSON Schema cannot tell from a whole number where the fraction is zero, and anything else is refused by account_id_not_text.",
        ["type"] = new JsonArray("string", "integer", "null"),
    };

    public static JsonObject RequiredAccountId() => new()
    {
        ["description"] = "An account_id that has to be there: text that is not blank, or a whole number of any length, read as its digits.",
        ["type"] = new JsonArray("string", "integer"),
        ["pattern"] = NotBlank,
    };

    /// <summary>A claim without a value says nothing and is passed over.</summary>
    public static JsonObject OnlyByIsRequired(JsonObject claim)
    {
        claim["required"] = new JsonArray("by");
        foreach (var field in new[] { "value", "system" })
        {
            claim["properties"]![field]!["type"] = new JsonArray("string", "integer", "null");
            _ = claim["properties"]![field]!.AsObject().Remove("pattern");
        }

        return claim;
    }

    private static bool IsPositional(JsonPropertyInfo field) => field.DeclaringType == typeof(Link) || field.DeclaringType == typeof(Claim);

    private static bool IsName(JsonPropertyInfo field) => field.Name is "source" or "object_type" or "system" && field.DeclaringType != typeof(Claim);

    private static JsonObject Types(params string[] types) => new() { ["type"] = new JsonArray([.. types.Select(type => (JsonNode)type)]) };

    private static JsonObject RequiredText() => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = NotBlank };

    private static JsonObject Name() => new()
    {
        ["type"] = new JsonArray("string", "integer"),
        ["maxLength"] = Fields.LongestName,
        ["allOf"] = new JsonArray(new JsonObject { ["pattern"] = NotBlank }, new JsonObject { ["pattern"] = NoControls }),
    };

    private static JsonObject DateOrTime() => new()
    {
        ["type"] = new JsonArray("string", "null"),
        ["anyOf"] = new JsonArray([.. new[] { WireTime.DatePattern, WireTime.Pattern, Blank }.Select(pattern => (JsonNode)new JsonObject { ["pattern"] = pattern })]),
    };

    private static JsonObject List(JsonNode items) => new() { ["type"] = new JsonArray("array", "null"), ["items"] = items };
}
