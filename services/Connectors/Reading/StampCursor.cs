using System.Globalization;
using System.Text.Json;

namespace Pipeline.Connectors.Reading;

/// <summary>A cursor that is the newest stamp of the records, for systems that filter by the time of the change.</summary>
public static class StampCursor
{
    /// <summary>The stamp from which a pass reads, inclusive; null on the first pass.</summary>
    public static DateTimeOffset? From(Start start) => Time(start.Cursor) is { } newest ? newest - start.Lag : null;

    /// <summary>The cursor after this page of records that come in the order of their stamps.</summary>
    /// <param name="stamp">The field that holds a record's stamp; a record without one does not move the cursor.</param>
    public static string? After(Pass pass, IEnumerable<JsonElement> records, string stamp) => After(pass, records, record => Stamp(record, stamp));

    /// <inheritdoc cref="After(Pass, IEnumerable{JsonElement}, string)"/>
    /// <param name="stamp">Reads a stamp that is written in the system's own way; null where there is none.</param>
    public static string? After(Pass pass, IEnumerable<JsonElement> records, Func<JsonElement, DateTimeOffset?> stamp)
    {
        var newest = Time(pass.Newest ?? pass.From);
        foreach (var record in records)
            if (stamp(record) is { } time && (newest is null || time > newest)) newest = time;
        return newest?.ToString("O", CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset? Stamp(JsonElement record, string field) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? Time(value.GetString()) : null;

    /// <summary>The cursor as a time; null where it is none.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
}
