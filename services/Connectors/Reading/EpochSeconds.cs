using System.Text.Json;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Reading;

/// <summary>Times that a system writes as whole seconds since 1970, UTC.</summary>
public static class EpochSeconds
{
    /// <summary>The last second of the year 9999.</summary>
    private const long Last = 253402300799;

    /// <summary>The time; null where it is missing or is no such number.</summary>
    public static DateTimeOffset? OptionalEpoch(this JsonElement record, string name) =>
        record.OptionalWhole(name) is { } seconds and >= 0 and <= Last ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The time of the first of these fields that is one; without any the record is wrong.</summary>
    public static DateTimeOffset RequiredEpoch(this Fields fields, JsonElement record, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (record.OptionalEpoch(name) is { } time) return time;
        fields.Wrong(names[0], "is not a time in seconds since 1970");
        return default;
    }
}
