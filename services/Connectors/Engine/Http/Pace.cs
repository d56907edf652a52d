using System.Net;
using System.Net.Http.Headers;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>How long a system asks to be left alone.</summary>
public static class Pace
{
    /// <summary>A longer wait is asked about again after this time; timers do not reach much further.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Whether an answer asks for a wait: 429, or 503 with the time in it. Such a wait may be long, so it is shown, not hidden among the retries.</summary>
    public static bool IsAskedFor(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.TooManyRequests
        || (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null);

    /// <summary>
    /// From Retry-After in seconds or as a date (RFC 9110 §10.2.3), else from X-RateLimit-Reset, as <see cref="Budget.ToGo"/> reads it.
    /// </summary>
    /// <param name="withoutHint">How long where the system does not say.</param>
    public static TimeSpan Wait(HttpResponseHeaders headers, DateTimeOffset now, TimeSpan withoutHint)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (headers.Date ?? now),
            _ => Budget.ToGo(headers, "X-RateLimit-Reset", now) ?? withoutHint,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }
}
