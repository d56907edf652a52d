using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>The values that a record has under the name of a field. Pure.</summary>
public static class FieldValues
{
    private const int LongestShown = 200;

    /// <summary>
    /// None where the field is missing or null, several where it is a list. <c>owner.region</c> is the field of that whole name, if there is one, or
    /// region within owner; within a list, that of each of its parts.
    /// </summary>
    public static IReadOnlyList<JsonElement> Of(IReadOnlyDictionary<string, JsonElement> fields, string name)
    {
        var found = new List<JsonElement>();
        Find(fields.TryGetValue, name, found);
        return found;
    }

    /// <summary>Null and blank texts are nothing given.</summary>
    public static bool IsGiven(JsonElement value) => TextOf(value) is { } text && !string.IsNullOrWhiteSpace(text);

    /// <summary>A text as it is, anything else as it is written in JSON; null for null.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => StringOf(value),
        _ => value.GetRawText(),
    };

    /// <summary>For a person; null where there is no value.</summary>
    public static string? Shown(IReadOnlyList<JsonElement> values)
    {
        if (values.Count == 0) return null;
        var shown = string.Join(", ", values.Select(TextOf));
        return UnicodeText.Shorten(shown, LongestShown);
    }

    /// <summary>Half a surrogate pair is no text; it is compared as it is written, with its escape.</summary>
    private static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    private delegate bool Look(string name, out JsonElement value);

    private static void Find(Look within, string name, List<JsonElement> found)
    {
        if (within(name, out var whole)) Take(whole, found);
        else
            for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
                if (within(name[..dot], out var outer))
                {
                    Enter(outer, name[(dot + 1)..], found);
                    return;
                }
    }

    private static void Enter(JsonElement outer, string name, List<JsonElement> found)
    {
        if (outer.ValueKind == JsonValueKind.Object) Find(outer.TryGetProperty, name, found);
        else if (outer.ValueKind == JsonValueKind.Array)
            foreach (var part in outer.EnumerateArray()) Enter(part, name, found);
    }

    private static void Take(JsonElement value, List<JsonElement> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var part in value.EnumerateArray()) Take(part, found);
        else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) found.Add(value);
    }
}
