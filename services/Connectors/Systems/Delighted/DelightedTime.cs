using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Delighted;

/// <summary>Times as epoch seconds. Source: delighted.com/docs/api.</summary>
internal static class DelightedTime
{
    /// <summary>The first second of the year 10000, which is beyond our times.</summary>
    private const long End = 253_402_300_800;

    public static DateTimeOffset? Of(JsonElement record, string field) =>
        record.OptionalWhole(field) is { } seconds and >= 0 and < End ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static DateTimeOffset Required(Fields fields, JsonElement record, string field)
    {
        if (Of(record, field) is { } time) return time;
        fields.Wrong(field, "is not a time in epoch seconds");
        return default;
    }
}
