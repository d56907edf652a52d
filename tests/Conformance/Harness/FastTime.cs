using System.Diagnostics;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>A clock that runs so many times as fast as the wall's, timers included: real waits, but shorter.</summary>
public sealed class FastTime(int speed = 100) : TimeProvider
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly long _started = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => Begin + Stopwatch.GetElapsedTime(_started) * speed;

    public override long GetTimestamp() => (Stopwatch.GetTimestamp() - _started) * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(this, System.CreateTimer(callback, state, Fast(dueTime), Fast(period)));

    private TimeSpan Fast(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private sealed class FastTimer(FastTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Fast(dueTime), time.Fast(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
