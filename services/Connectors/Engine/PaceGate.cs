namespace Pipeline.Connectors.Engine;

/// <summary>Holds all feeds of a system while it asks to be left alone: limits are by account, not by list.</summary>
public sealed class PaceGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>What is left of the wait; zero where there is none.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_lock) return _until - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;
        }
    }

    public void Close(TimeSpan wait)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + wait;
            if (until > _until) _until = until;
        }
    }
}
