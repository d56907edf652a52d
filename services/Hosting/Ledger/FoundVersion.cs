namespace Pipeline.Hosting.Ledger;

/// <summary>A version of something, and where it is.</summary>
/// <param name="ObservedAt">Null where it is not known of which version it is.</param>
public readonly record struct FoundVersion(string Place, DateTimeOffset? ObservedAt)
{
    public const string Superseded = "superseded";
    public const string Missing = "missing";

    /// <summary>Where the version that was published is: itself, or behind a newer one. Pure.</summary>
    /// <param name="published">The version; null where any will do.</param>
    public static string PlaceOf(DateTimeOffset? published, IReadOnlyList<FoundVersion> found)
    {
        if (published is not { } at) return found.Count > 0 ? found.MaxBy(version => version.ObservedAt ?? DateTimeOffset.MinValue).Place : Missing;
        // The database keeps microseconds.
        if (found.FirstOrDefault(version => version.ObservedAt is { } seen && Math.Abs((seen - at).Ticks) < TimeSpan.TicksPerMicrosecond) is { Place: { } place }) return place;
        return found.Any(version => version.ObservedAt > at) ? Superseded : Missing;
    }
}
