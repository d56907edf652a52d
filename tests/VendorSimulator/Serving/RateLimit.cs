namespace Pipeline.VendorSimulator.Serving;

/// <summary>What the limit says of one request.</summary>
/// <param name="Allowed">Whether it may pass.</param>
/// <param name="Remaining">Requests left in the window.</param>
/// <param name="RetryAfter">Whole seconds to wait, where it may not.</param>
/// <param name="Total">Requests since the start, this one included.</param>
public sealed record RateVerdict(bool Allowed, int Remaining, int RetryAfter, long Total);

/// <summary>
/// A fixed window of requests. Beside it every n-th request is refused, so that a short run meets the limit at the same
/// request every time.
/// </summary>
/// <param name="requests">Requests allowed in a window.</param>
/// <param name="window">The window's length.</param>
/// <param name="refuseEvery">Which request is refused in any case; 0 for none.</param>
public sealed class RateLimit(int requests, TimeSpan window, int refuseEvery, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long _opened = clock.GetTimestamp();
    private int _used;
    private long _total;

    public RateVerdict Take()
    {
        lock (_lock)
        {
            var age = clock.GetElapsedTime(_opened);
            if (age >= window) (_opened, _used, age) = (clock.GetTimestamp(), 0, TimeSpan.Zero);
            _total++;
            if (refuseEvery > 0 && _total % refuseEvery == 0) return new(false, requests - _used, 1, _total);
            if (_used >= requests) return new(false, 0, (int)Math.Ceiling((window - age).TotalSeconds), _total);
            _used++;
            return new(true, requests - _used, 0, _total);
        }
    }
}
