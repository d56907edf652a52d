using System.Diagnostics;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>A clock that runs a hundred times as fast as the wall's, timers included: real waits, a hundredth as long.</summary>
public sealed class FastTime : TimeProvider
{
    public const int Speed = 100;

    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly long _started = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => Begin + Stopwatch.GetElapsedTime(_started) * Speed;

    public override long GetTimestamp() => (Stopwatch.GetTimestamp() - _started) * Speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Fast(dueTime), Fast(period)));

    private static TimeSpan Fast(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;

    private sealed class FastTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Fast(dueTime), Fast(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
