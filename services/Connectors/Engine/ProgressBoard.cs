using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Pipeline.Connectors.Engine.Drift;

namespace Pipeline.Connectors.Engine;

/// <summary>The progress of every feed of this process.</summary>
public sealed class ProgressBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string System, string Feed), FeedProgress> _feeds = new();
    private readonly ConcurrentDictionary<string, long> _requests = new();

    public FeedProgress Of(string system, string feed) => _feeds.GetOrAdd((system, feed), key => new FeedProgress(key.System, key.Feed, time));

    public void Requested(string system) => _requests.AddOrUpdate(system, 1, (_, count) => count + 1);

    public ProgressReport Report()
    {
        var feeds = _feeds.Values.Select(feed => feed.Snapshot())
            .OrderBy(feed => feed.System, StringComparer.Ordinal).ThenBy(feed => feed.Feed, StringComparer.Ordinal);
        return new ProgressReport([.. feeds], new SortedDictionary<string, long>(_requests, StringComparer.Ordinal));
    }
}

/// <param name="Feeds">By system and feed.</param>
/// <param name="Requests">Attempts since the start of the process, by system.</param>
public sealed record ProgressReport(IReadOnlyList<FeedSnapshot> Feeds, IReadOnlyDictionary<string, long> Requests);

/// <summary>How progress looks to outsiders: snake_case, with everything that is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(StateConverter), typeof(ChangeConverter), typeof(KindsConverter)])]
[JsonSerializable(typeof(ProgressReport))]
public sealed partial class ProgressJson : JsonSerializerContext
{
    private sealed class StateConverter() : JsonStringEnumConverter<FeedState>(global::System.Text.Json.JsonNamingPolicy.SnakeCaseLower);

    private sealed class ChangeConverter() : JsonStringEnumConverter<Change>(global::System.Text.Json.JsonNamingPolicy.SnakeCaseLower);

    private sealed class KindsConverter() : JsonStringEnumConverter<JsonKinds>(global::System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
}
