using System.Net;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Retry-After", "37", 37)]
    [InlineData("Retry-After", "0", 0)]
    [InlineData("Retry-After", "Tue, 24 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("Retry-After", "Tue, 24 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("Retry-After", "99999999", 604800)]
    [InlineData("X-RateLimit-Reset", "1795521611", 11)]
    [InlineData("X-RateLimit-Reset", "soon", 60)]
    [InlineData("X-Nothing", "1", 60)]
    public void The_wait_is_what_the_system_asks_for_and_else_what_was_set(string header, string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Wait(Now, (header, value)));

    [Fact]
    public void A_date_is_measured_by_the_systems_own_clock() =>
        Assert.Equal(TimeSpan.FromSeconds(30), Wait(Now.AddHours(3), ("Date", "Tue, 24 Nov 2026 12:01:00 GMT"), ("Retry-After", "Tue, 24 Nov 2026 12:01:30 GMT")));

    [Theory]
    [InlineData(1, 0, 0.75)]
    [InlineData(1, 1, 1)]
    [InlineData(4, 1, 8)]
    [InlineData(9, 1, 256)]
    [InlineData(10, 1, 300)]
    [InlineData(int.MaxValue, 1, 300)]
    public void Waits_after_failures_double_up_to_five_minutes(int failures, double chance, double seconds) =>
        Assert.Equal(seconds, Backoff.After(failures, chance).TotalSeconds);

    private static TimeSpan Wait(DateTimeOffset now, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return Pace.Wait(response.Headers, now, TimeSpan.FromMinutes(1));
    }
}
