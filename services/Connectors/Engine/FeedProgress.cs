using Pipeline.Connectors.Engine.Drift;

namespace Pipeline.Connectors.Engine;

/// <summary>What a feed is doing.</summary>
public enum FeedState
{
    /// <summary>Not yet asked for.</summary>
    Starting,

    /// <summary>A pass is under way.</summary>
    Reading,

    /// <summary>Everything has been read; the next pass comes after the interval.</summary>
    CaughtUp,

    /// <summary>The system asked to be left alone for a while, or little is left of its limit.</summary>
    Paced,

    /// <summary>The last try failed; the next comes after a growing wait.</summary>
    Failing,
}

/// <summary>A feed's progress at one moment.</summary>
/// <param name="Until">When a wait ends.</param>
/// <param name="LastError">Of the newest failure, also after it has passed; null if there was none since the start.</param>
/// <param name="ChangedAt">When the state or a count last changed.</param>
/// <param name="NewestRecord">The time of the newest change that has been read.</param>
/// <param name="LagSeconds">How old that is.</param>
/// <param name="PassRead">Records of the pass under way.</param>
/// <param name="PassTotal">How many the pass will bring, where the system tells.</param>
/// <param name="EstimatedEnd">Of the pass, where the total is known.</param>
public sealed record FeedSnapshot(
    string System, string Feed, FeedState State, DateTimeOffset? Until, long Read, long Published, long Unmappable, long Repeated,
    string? LastError, DateTimeOffset? LastErrorAt, DateTimeOffset ChangedAt, DateTimeOffset? NewestRecord, double? LagSeconds,
    long? PassRead, long? PassTotal, DateTimeOffset? EstimatedEnd)
{
    /// <summary>The newest changes of the records' shape, the newest first; also those of before the start.</summary>
    public IReadOnlyList<FieldDrift> Drift { get; init; } = [];
}

/// <summary>A feed's progress as it goes on; written by its poller, read by anyone.</summary>
public sealed class FeedProgress(string system, string feed, TimeProvider time)
{
    private readonly Lock _lock = new();
    private FeedSnapshot _now = new(system, feed, FeedState.Starting, null, 0, 0, 0, 0, null, null, time.GetUtcNow(), null, null, null, null, null);
    private (DateTimeOffset At, long Read) _measuredFrom;

    public string System => system;

    public FeedSnapshot Snapshot()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return _now with { LagSeconds = (now - _now.NewestRecord)?.TotalSeconds, EstimatedEnd = EstimatedEnd(now) };
        }
    }

    public void Reading() => Set(now => now with { State = FeedState.Reading, Until = null });

    public void CaughtUp(TimeSpan wait) => Set(now => now with { State = FeedState.CaughtUp, Until = time.GetUtcNow() + wait });

    public void Paced(TimeSpan wait) => Set(now => now with { State = FeedState.Paced, Until = time.GetUtcNow() + wait });

    public void Failing(string why, TimeSpan wait) =>
        Set(now => now with { State = FeedState.Failing, Until = time.GetUtcNow() + wait, LastError = why, LastErrorAt = time.GetUtcNow() });

    public void Drifted(IReadOnlyList<FieldDrift> told) => Set(now => now with { Drift = told });

    /// <summary>What the checkpoint says.</summary>
    public void At(Checkpoint checkpoint) => Set(now =>
    {
        if (now.PassRead is null || checkpoint.Pass is null || checkpoint.Pass.Read < now.PassRead) _measuredFrom = (time.GetUtcNow(), checkpoint.Pass?.Read ?? 0);
        return now with
        {
            Read = checkpoint.Counts.Read,
            Published = checkpoint.Counts.Published,
            Unmappable = checkpoint.Counts.Unmappable,
            Repeated = checkpoint.Counts.Repeated,
            NewestRecord = checkpoint.Recent.Newest,
            PassRead = checkpoint.Pass?.Read,
            PassTotal = checkpoint.Pass?.Total,
        };
    });

    private DateTimeOffset? EstimatedEnd(DateTimeOffset now)
    {
        if (_now is not { PassRead: { } read, PassTotal: { } total } || read <= _measuredFrom.Read || total < read) return null;
        return now + (now - _measuredFrom.At) * ((double)(total - read) / (read - _measuredFrom.Read));
    }

    private void Set(Func<FeedSnapshot, FeedSnapshot> change)
    {
        lock (_lock) _now = change(_now) with { ChangedAt = time.GetUtcNow() };
    }
}
