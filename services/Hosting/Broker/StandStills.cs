using System.Collections.Concurrent;

namespace Pipeline.Hosting.Broker;

/// <summary>Queues whose batch in hand waits for its surroundings, since when and why: a database that answers may still be full, and then nothing moves.</summary>
public sealed class StandStills(TimeProvider time)
{
    /// <summary>Shorter waits are not worth a word.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(5);

    /// <summary>By timestamps, not by the clock: one that is set by an hour would make seconds an hour.</summary>
    private readonly ConcurrentDictionary<(string Queue, object Who), (long Since, string Why)> _waiting = new();

    /// <param name="who">The worker that waits.</param>
    public void Wait(string queue, object who, string why) =>
        _waiting.AddOrUpdate((queue, who), (time.GetTimestamp(), why), (_, before) => before with { Why = why });

    public void GoesOn(string queue, object who) => _waiting.TryRemove((queue, who), out _);

    /// <summary>For a person, a sentence a queue; empty while all moves.</summary>
    public IReadOnlyList<string> Reasons() => [.. _waiting
        .Select(wait => (wait.Key.Queue, wait.Value.Why, Seconds: time.GetElapsedTime(wait.Value.Since).TotalSeconds))
        .Where(wait => wait.Seconds > Brief.TotalSeconds)
        .GroupBy(wait => wait.Queue)
        .Select(queue => queue.MaxBy(wait => wait.Seconds))
        .OrderBy(wait => wait.Queue, StringComparer.Ordinal)
        .Select(wait => FormattableString.Invariant($"{wait.Queue} has waited {wait.Seconds:0} s: {wait.Why}"))];
}
