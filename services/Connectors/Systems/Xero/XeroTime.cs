using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Xero;

/// <summary>
/// Times as <c>/Date(1573755038314+0000)/</c>: epoch milliseconds, and an offset that does not move them.
/// Source: developer.xero.com, Requests and responses.
/// </summary>
internal static partial class XeroTime
{
    private const string Stamp = "UpdatedDateUTC";

    /// <summary>When the record last changed, or null.</summary>
    public static DateTimeOffset? Updated(JsonElement record) =>
        record.OptionalText(Stamp) is { } text && DatePattern().Match(text) is { Success: true } match
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(match.Groups["milliseconds"].Value, CultureInfo.InvariantCulture)) : null;

    public static DateTimeOffset RequiredUpdated(Fields fields, JsonElement record)
    {
        if (Updated(record) is { } time) return time;
        fields.Wrong(Stamp, "is not a time as /Date(1573755038314+0000)/");
        return default;
    }

    [GeneratedRegex(@"^/Date\((?<milliseconds>[0-9]{1,14})([+-][0-9]{4})?\)/$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatePattern();
}
