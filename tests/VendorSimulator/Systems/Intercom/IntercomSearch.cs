using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>A search by updated_at: what has changed after or before a second, the second itself left out.</summary>
/// <param name="After">The stamp and id of the last row of the page before.</param>
public sealed record IntercomSearch(string Operator, long Value, bool Descending, int Size, int Number, (long Stamp, string Id)? After)
{
    private const int Largest = 150;
    private const int Default = 50;
    private const long Day = 86_400;

    /// <summary>Reads the body; says what is wrong with it where it cannot be used.</summary>
    public static (IntercomSearch? Search, string? Error) Read(JsonElement body)
    {
        var (query, sort, pagination) = (Inside(body, "query"), Inside(body, "sort"), Inside(body, "pagination"));
        if (Text(query, "field") != "updated_at") return (null, "query.field is not one that is played: updated_at");
        if (Text(query, "operator") is not (">" or "<") || !Inside(query, "value").TryRead(out var value)) return (null, "query needs an operator > or < and a value in seconds");
        if (Text(sort, "field") is not (null or "updated_at")) return (null, "sort.field is not one that is played: updated_at");
        var size = Inside(pagination, "per_page").TryRead(out var asked) ? asked : Default;
        if (size is < 1 or > Largest) return (null, $"per_page must be from 1 to {Largest}");
        var place = Text(pagination, "starting_after") is { } text ? Place(text) : (0, "", 1);
        if (place is not var (stamp, id, number)) return (null, "starting_after is invalid");
        return (new IntercomSearch(Text(query, "operator")!, value, Text(sort, "order") != "ascending", (int)size, number, number > 1 ? (stamp, id) : null), null);
    }

    /// <summary>The page, how many rows there are in all, and where the next page goes on; null at the end.</summary>
    /// <param name="byDay">Whether whole days are compared, as with contacts.</param>
    public (IReadOnlyList<StampedRow> Page, int Rows, string? Next) Run(IEnumerable<StampedRow> rows, bool byDay)
    {
        var grain = byDay ? Day : 1;
        var found = rows.Where(row => Operator == ">" ? Seconds(row) / grain > Value / grain : Seconds(row) / grain < Value / grain).ToArray();
        if (Descending) Array.Reverse(found);
        var direction = Descending ? -1 : 1;
        var left = found.Where(row => After is not var (stamp, id) || direction * Compare(row, stamp, id) > 0).ToArray();
        var page = left.Take(Size).ToArray();
        return (page, found.Length, left.Length > page.Length ? Write(page[^1]) : null);
    }

    private static int Compare(StampedRow row, long stamp, string id) => Seconds(row) == stamp ? string.CompareOrdinal(row.Id, id) : Seconds(row).CompareTo(stamp);

    private string Write(StampedRow last) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new object[] { Seconds(last) * 1000, last.Id, Number + 1 }));

    private static (long Stamp, string Id, int Number)? Place(string text)
    {
        try
        {
            using var place = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
            return (place.RootElement[0].GetInt64() / 1000, place.RootElement[1].GetString()!, place.RootElement[2].GetInt32());
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static long Seconds(StampedRow row) => row.Stamp.ToUnixTimeSeconds();

    private static JsonElement Inside(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement json, string name) => Inside(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

internal static class IntercomNumbers
{
    public static bool TryRead(this JsonElement json, out long value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out value);
    }
}
