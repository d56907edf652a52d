namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>A clock that a test moves by hand.</summary>
public sealed class HandClock : TimeProvider
{
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero) + _passed;

    public override long GetTimestamp() => _passed.Ticks;

    public void Pass(double seconds) => _passed += TimeSpan.FromSeconds(seconds);
}
