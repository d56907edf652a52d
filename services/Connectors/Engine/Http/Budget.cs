using System.Globalization;
using System.Net.Http.Headers;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>What is left of one of the system's limits, as an answer's headers tell it.</summary>
/// <param name="Remaining">Requests; never negative.</param>
/// <param name="Limit">Of how many; null where the system does not tell.</param>
/// <param name="ResetsAt">When it is full again, by our clock; null where the system does not tell.</param>
public sealed record Budget(long Remaining, long? Limit, DateTimeOffset? ResetsAt)
{
    private static readonly (string Remaining, string[] Limit, string Reset)[] Shared =
    [
        ("X-RateLimit-Remaining", ["X-RateLimit-Limit"], "X-RateLimit-Reset"),
        ("X-Rate-Limit-Remaining", ["X-Rate-Limit-Limit", "X-Rate-Limit"], "X-Rate-Limit-Reset"),
        ("RateLimit-Remaining", ["RateLimit-Limit"], "RateLimit-Reset"),
    ];

    /// <summary>How long it takes, at the most, until the limit is full again, where the system does not tell when.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Every limit that the answer tells of: a system may have one for the account and one for the list.</summary>
    /// <param name="own">Headers that only this system has.</param>
    /// <param name="now">Our clock; the system's own, where it tells it, is taken into account.</param>
    public static IReadOnlyList<Budget> Of(HttpResponseHeaders headers, IReadOnlyList<LimitHeader> own, DateTimeOffset now)
    {
        var shared = Shared.Where(names => Whole(headers, names.Remaining) is not null).Select(names => new Budget(
            Whole(headers, names.Remaining)!.Value,
            names.Limit.Select(name => Whole(headers, name)).FirstOrDefault(limit => limit is not null),
            ToGo(headers, names.Reset, now) is { } toGo ? now + toGo : null));
        var special = own.Select(header => (header.Window, Allowance: Text(headers, header.Name) is { } text ? header.Read(text) : null))
            .Where(read => read.Allowance is not null)
            .Select(read => new Budget(Math.Max(0, read.Allowance!.Remaining), read.Allowance.Limit, null) { Window = read.Window });
        return [.. shared.Concat(special).Where(budget => budget.Limit is not 0)]; // a limit of nothing is how some say that there is none
    }

    /// <summary>
    /// How long until a reset that is told as epoch seconds, seconds to go or a time; the value decides which. A number
    /// from 10^12 is epoch milliseconds, one from 10^9 (the year 2001) epoch seconds, a smaller one seconds to go. What is
    /// no number is read as an ISO time, UTC where it has no offset. Times are measured by the system's own Date, where it
    /// sends one. Null where nothing of this fits.
    /// </summary>
    public static TimeSpan? ToGo(HttpResponseHeaders headers, string name, DateTimeOffset now)
    {
        if (Text(headers, name) is not { } text) return null;
        var vendorNow = headers.Date ?? now;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time - vendorNow : null;
        return number switch
        {
            >= 2e14 => null,
            >= 1e12 => DateTimeOffset.UnixEpoch.AddMilliseconds(number) - vendorNow,
            >= 1e9 and <= 2e11 => DateTimeOffset.UnixEpoch.AddSeconds(number) - vendorNow,
            < 1e9 => TimeSpan.FromSeconds(number),
            _ => null,
        };
    }

    /// <summary>A whole number, which may be followed by its policy, as in <c>100, 100;w=60</c>.</summary>
    private static long? Whole(HttpResponseHeaders headers, string name)
    {
        if (Text(headers, name) is not { } text) return null;
        var digits = text.Split(',', ';', '.')[0].Trim();
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? Math.Max(0, value) : null;
    }

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First().Trim() : null;
}
