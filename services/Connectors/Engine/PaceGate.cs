using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Connectors.Engine;

/// <summary>
/// Holds all feeds of a system while it asks to be left alone, and lets them go on one by one while little is left of its
/// limit: limits are by account, not by list.
/// </summary>
public sealed class PaceGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ration> _rations = [];
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private DateTimeOffset _lastTurn = DateTimeOffset.MinValue;

    /// <summary>Whether a request may be made now, and else how long to wait before asking again. Who may has taken the turn.</summary>
    public Turn TakeTurn()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_until > now) return new Turn(_until - now, Spread: false);
            var next = _rations.Values.Where(ration => ration.Until > now).Select(EndOfSpacing).DefaultIfEmpty(now).Max();
            if (next > now) return new Turn(next - now, Spread: true);
            _lastTurn = now;
            return new Turn(TimeSpan.Zero, Spread: false);
        }
    }

    /// <summary>The system asked for this wait.</summary>
    public void Close(TimeSpan wait)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + wait;
            if (until > _until) _until = until;
        }
    }

    /// <summary>
    /// What a feed's newest answer says of the limit. Each feed has its own, for some systems limit lists as well; the scarcest
    /// holds them all.
    /// </summary>
    /// <returns>Whether the feed has little left and had plenty before.</returns>
    public bool Spread(string feed, Ration? ration)
    {
        lock (_lock)
        {
            var had = _rations.Remove(feed, out var before) && before.Until > time.GetUtcNow();
            if (ration is null) return false;
            (_rations[feed], _lastTurn) = (ration, time.GetUtcNow()); // what is left was counted when the answer was made, not when it was asked for
            return !had;
        }
    }

    private DateTimeOffset EndOfSpacing(Ration ration)
    {
        var end = _lastTurn + ration.Spacing;
        return end < ration.Until ? end : ration.Until;
    }
}

/// <param name="Wait">How long to wait; zero if it is now.</param>
/// <param name="Spread">Whether the wait spreads what is left of the limit; else the system asked for it.</param>
public readonly record struct Turn(TimeSpan Wait, bool Spread)
{
    public bool IsNow => Wait <= TimeSpan.Zero;
}
