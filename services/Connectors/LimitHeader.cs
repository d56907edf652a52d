using System.Globalization;

namespace Pipeline.Connectors;

/// <summary>A header of the system's own that tells what is left of a limit. The names that many systems share need no mention.</summary>
/// <param name="Name">Of the header; case-blind.</param>
/// <param name="Window">How long it takes, at the most, until the limit is full again: such headers do not tell when.</param>
/// <param name="Read">The header's text; null where it says nothing of a limit.</param>
public sealed record LimitHeader(string Name, TimeSpan Window, Func<string, Allowance?> Read)
{
    /// <summary>A header that holds the requests that are left, of a limit that the system documents.</summary>
    public static LimitHeader Remaining(string name, TimeSpan window, long limit) => new(name, window, text =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var remaining) ? new Allowance(remaining, limit) : null);
}

/// <param name="Remaining">Requests that are left.</param>
/// <param name="Limit">Of how many; null where the system does not tell.</param>
public sealed record Allowance(long Remaining, long? Limit);
