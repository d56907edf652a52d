using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Contracts.Reading;

/// <summary>How times are written in messages: ISO 8601 with an offset, so that no one has to guess whose clock it was.</summary>
public static partial class WireTime
{
    /// <summary>
    /// What is read as a time. Wider than RFC 3339 where systems are: a space for the T, no seconds, an offset without its colon.
    /// </summary>
    public const string Pattern = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$(?!\n)";

    /// <summary>What is read as a date.</summary>
    public const string DatePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    /// <summary>The time, or null where the text is none. To the microsecond, which is what PostgreSQL keeps, so that a version equals itself after a round trip.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (!Shape.IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return null;
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The time, or the start of the date in UTC; null where the text is neither.</summary>
    public static DateTimeOffset? ParseDateOrTime(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)
            : Parse(text);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape { get; }
}
