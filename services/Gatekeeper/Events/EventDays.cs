using System.Globalization;

namespace Pipeline.Gatekeeper.Events;

/// <summary>The parts of the table of events: one a day, by UTC. Pure.</summary>
public static class EventDays
{
    /// <summary>Made before they begin, so that no event has to wait for its part.</summary>
    private const int Ahead = 2;

    private const string Prefix = "events_";
    private const string Format = "yyyyMMdd";

    /// <summary>The days that have a part now; what is of another day is kept aside, in the part for the rest.</summary>
    public static IEnumerable<DateOnly> Kept(DateTimeOffset now, TimeSpan retention)
    {
        for (var day = Day(now - retention); day <= Day(now).AddDays(Ahead); day = day.AddDays(1)) yield return day;
    }

    /// <summary>Whether all of the day is older than the retention.</summary>
    public static bool IsOver(DateOnly day, DateTimeOffset now, TimeSpan retention) => day < Day(now - retention);

    public static string Part(DateOnly day) => Prefix + day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The day of a part, or null for a table that is none.</summary>
    public static DateOnly? DayOf(string part) =>
        part.StartsWith(Prefix, StringComparison.Ordinal) && DateOnly.TryParseExact(part[Prefix.Length..], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
