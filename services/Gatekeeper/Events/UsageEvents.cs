using System.Globalization;
using Microsoft.Extensions.Configuration;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Events;

/// <summary>
/// Which objects are usage events: a hundred times as many as all else, each of one moment, and never changed. So they are
/// kept by time and let go by time. <c>Events:Types</c> names their object types, with commas; <c>usage_event</c> where nothing
/// is said. <c>Events:Retention</c> is how long after their own time they are kept, from a day to ten years; 90 days where
/// nothing is said.
/// </summary>
/// <param name="Types">Their object types, of any source.</param>
public sealed record UsageEvents(IReadOnlySet<string> Types, TimeSpan Retention)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static UsageEvents Default { get; } = new(new HashSet<string>(StringComparer.Ordinal) { "usage_event" }, TimeSpan.FromDays(90));

    public bool Include(string objectType) => Types.Contains(objectType);

    /// <exception cref="SettingsException">The retention is no time span or out of range.</exception>
    public static UsageEvents From(IConfiguration configuration)
    {
        return new UsageEvents(ObjectTypes.At(configuration, "Events:Types") ?? Default.Types, configuration["Events:Retention"] is { Length: > 0 } text ? Read(text) : Default.Retention);
    }

    private static TimeSpan Read(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= Shortest && span <= Longest ? span
            : throw new SettingsException("Events:Retention is not a time span between one day and ten years. Write 90.00:00:00 for ninety days.");
}
