using System.Collections.Immutable;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Demo;

/// <summary>All that is known after some moments: of a part that does not answer now, what it said last. Pure.</summary>
public sealed record Picture
{
    /// <summary>Over how long messages a second are counted.</summary>
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(5);

    private ImmutableList<(DateTimeOffset At, long Received)> Samples { get; init; } = [];

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset At { get; init; }

    public StatusReport? Status { get; init; }

    public PipelineLedger? Ledger { get; init; }

    public SimulatorProgress? Simulator { get; init; }

    public Truth? Truth { get; init; }

    public IReadOnlyList<string> OutOfReach { get; init; } = [];

    /// <summary>When a figure of the end state last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>
    /// Feeds that have read everything since the last change. They look again every few seconds and are rarely all idle in the same
    /// moment, so that one moment of each is enough.
    /// </summary>
    public ImmutableHashSet<(string System, string Feed)> CaughtUp { get; private init; } = [];

    public TimeSpan Elapsed => At - StartedAt;

    public TimeSpan Quiet => At - ChangedAt;

    /// <summary>Messages received a second, over the last seconds.</summary>
    public double Rate
    {
        get
        {
            var newest = Samples.FindAll(sample => sample.At >= At - RateWindow);
            return newest.Count < 2 ? 0 : Math.Max(0, newest[^1].Received - newest[0].Received) / (newest[^1].At - newest[0].At).TotalSeconds;
        }
    }

    public static Picture Starting(DateTimeOffset at) => new() { StartedAt = at, At = at, ChangedAt = at };

    public Picture After(Moment moment)
    {
        var next = this with
        {
            At = moment.At,
            Status = Together(moment.Status),
            Ledger = moment.Ledger ?? Ledger,
            Simulator = moment.Simulator ?? Simulator,
            Truth = moment.Truth ?? Truth,
            OutOfReach = moment.OutOfReach,
            Samples = moment.Ledger is { } ledger ? Samples.Add((moment.At, ledger.Received)).RemoveAll(sample => sample.At < moment.At - RateWindow) : Samples,
        };
        var idle = next.Status?.Feeds.Where(feed => feed.State == "caught_up").Select(feed => (feed.System, feed.Feed)) ?? [];
        return Same(next) && next.OutOfReach.Count == 0
            ? next with { CaughtUp = CaughtUp.Union(idle) }
            : next with { CaughtUp = [.. idle], ChangedAt = moment.At };
    }

    private StatusReport? Together(StatusReport? now) => now is null ? Status : now with
    {
        Feeds = now.Feeds.Count > 0 ? now.Feeds : Status?.Feeds ?? [],
        Gatekeeper = now.Gatekeeper ?? Status?.Gatekeeper,
        SystemOfRecord = now.SystemOfRecord ?? Status?.SystemOfRecord,
    };

    private static IReadOnlyDictionary<string, Published> Nobody { get; } = new Dictionary<string, Published>();

    private bool Same(Picture next)
    {
        var (before, after) = (EndState.Of(Status)?.Figures(), EndState.Of(next.Status)?.Figures());
        if (before is null || after is null) return before is null && after is null;
        return before.SequenceEqual(after) && (Ledger?.Mistakes ?? []).SequenceEqual(next.Ledger?.Mistakes ?? []) && (Simulator?.Publishers ?? Nobody).SequenceEqual(next.Simulator?.Publishers ?? Nobody);
    }
}
