using System.Collections.Concurrent;

namespace Pipeline.Connectors.Engine;

/// <summary>The progress of every feed of this process.</summary>
public sealed class ProgressBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string System, string Feed), FeedProgress> _feeds = new();

    public FeedProgress Of(string system, string feed) => _feeds.GetOrAdd((system, feed), key => new FeedProgress(key.System, key.Feed, time));

    /// <summary>By system and feed.</summary>
    public IReadOnlyList<FeedSnapshot> Report() =>
        [.. _feeds.Values.Select(feed => feed.Snapshot()).OrderBy(feed => feed.System, StringComparer.Ordinal).ThenBy(feed => feed.Feed, StringComparer.Ordinal)];
}
