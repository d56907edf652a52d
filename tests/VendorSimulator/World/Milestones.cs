using System.Collections.Concurrent;

namespace Pipeline.VendorSimulator.World;

/// <summary>What has happened so far, where one system's story waits for another's.</summary>
public sealed class Milestones(TimeProvider clock)
{
    /// <summary>Zendesk's ticket export was served to its end.</summary>
    public const string TicketsExported = "tickets exported";

    private readonly ConcurrentDictionary<string, long> _reached = new(StringComparer.Ordinal);

    /// <summary>The first time counts.</summary>
    public void Reach(string milestone) => _reached.TryAdd(milestone, clock.GetTimestamp());

    /// <summary>Whether the milestone was reached at least this long ago.</summary>
    public bool Passed(string milestone, TimeSpan ago) =>
        _reached.TryGetValue(milestone, out var at) && clock.GetElapsedTime(at) >= ago;
}
