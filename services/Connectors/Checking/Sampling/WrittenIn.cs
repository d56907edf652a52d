using System.Globalization;
using System.Text.Json;

namespace Pipeline.Connectors.Checking.Sampling;

/// <summary>
/// Where in a record a value stands. A connector gives the account_id and not its place; what holds it in every record of the page is the
/// place, or as good as the place. Pure.
/// </summary>
public static class WrittenIn
{
    /// <summary>The fields that hold the text in every one of these records, in the order of the first record; empty where there is none.</summary>
    public static IReadOnlyList<string> Every(IReadOnlyList<(JsonElement Record, string Text)> records)
    {
        if (records.Count == 0) return [];
        var places = Of(records[0].Record, records[0].Text).Keys.ToList();
        foreach (var (record, text) in records.Skip(1))
        {
            if (places.Count == 0) break;
            var here = Of(record, text);
            places.RemoveAll(place => !here.ContainsKey(place));
        }

        return places;
    }

    /// <summary>Each field whose value is this text or this number, by its path, as <c>custom.account_id</c> or <c>fields[2].value</c>.</summary>
    public static IReadOnlyDictionary<string, JsonValueKind> Of(JsonElement record, string text)
    {
        var found = new Dictionary<string, JsonValueKind>(StringComparer.Ordinal);
        Look(record, "", text, found);
        return found;
    }

    private static void Look(JsonElement value, string path, string text, Dictionary<string, JsonValueKind> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject()) Look(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}", text, found);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index()) Look(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), text, found);
                break;
            case JsonValueKind.String or JsonValueKind.Number when Holds(value, text):
                found[path] = value.ValueKind;
                break;
        }
    }

    private static bool Holds(JsonElement value, string text)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.ValueEquals(text) : value.GetRawText() == text;
        }
        catch (InvalidOperationException)
        {
            return false; // half a surrogate pair is no text, so it is not this one
        }
    }
}
