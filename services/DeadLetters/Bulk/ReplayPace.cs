namespace Pipeline.DeadLetters.Bulk;

/// <summary>Lets so many pass a second, with no more saved up than half a second's worth.</summary>
/// <param name="pace">Messages a second.</param>
public sealed class ReplayPace(double pace, TimeProvider time)
{
    private double _room = Math.Min(1, pace);
    private long _since = time.GetTimestamp();

    /// <summary>How many may go now, at most so many.</summary>
    public int Take(long most)
    {
        var now = time.GetTimestamp();
        _room = Math.Min(Math.Max(1, pace / 2), _room + (pace * time.GetElapsedTime(_since, now).TotalSeconds));
        _since = now;
        var taken = (int)Math.Min(most, (long)_room);
        _room -= taken;
        return taken;
    }
}
