using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Rules;

public sealed class PaceRules
{
    private static readonly TimeSpan Asked = TimeSpan.FromSeconds(40);

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task Retry_after_in_seconds_is_obeyed(string system, string feed) => ObeysAsync(system, feed, (context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Asked.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    });

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task Retry_after_as_a_date_is_obeyed(string system, string feed) => ObeysAsync(system, feed, (context, now) =>
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = (now + Asked).ToString("R", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    });

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task Retry_after_of_a_system_under_maintenance_is_obeyed_and_shown(string system, string feed) => ObeysAsync(system, feed, (context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Asked.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    });

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task The_systems_own_sign_of_too_many_requests_is_obeyed(string system, string feed)
    {
        var fixture = Fixture.Of(system);
        fixture.SkipIfWaived("over_limit");
        var script = fixture.OverLimit ?? throw new InvalidOperationException($"fixtures/{system}/fixture.json has neither over_limit nor a waiver for it.");
        return ObeysAsync(system, feed, (context, _) =>
        {
            context.Response.StatusCode = script.Status;
            context.Response.Headers.RetryAfter = Asked.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return context.Response.WriteAsync(script.Body);
        });
    }

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task Little_that_is_left_of_a_limit_is_spread_until_its_reset_and_the_wait_is_shown(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        var states = new ConcurrentQueue<FeedState>();
        run.Server.Misbehave = (number, context) =>
        {
            if (number != 1) return Task.FromResult(false);
            // Of 100, 10 are the reserve: two are left for 80 seconds.
            context.Response.Headers["X-RateLimit-Limit"] = "100";
            context.Response.Headers["X-RateLimit-Remaining"] = "12";
            context.Response.Headers["X-RateLimit-Reset"] = (Asked * 2).TotalSeconds.ToString(CultureInfo.InvariantCulture);
            _ = WatchAsync(run, states);
            return Task.FromResult(false);
        };
        await run.UntilPassesAsync(2);

        var requests = run.Server.Requests.ToArray();
        Assert.InRange(requests[1].At - requests[0].At, Asked, Asked + TimeSpan.FromMinutes(10));
        Assert.Contains(FeedState.Paced, states);
        Assert.Contains(run.Logs.Lines, line => line.Contains("little is left of the system's limit", StringComparison.Ordinal));
        run.NothingIsLost();
        run.NothingIsRepeated();
    }

    private static async Task ObeysAsync(string system, string feed, Func<HttpContext, DateTimeOffset, Task> refuse)
    {
        await using var run = await Run.StartAsync(system, feed);
        var states = new ConcurrentQueue<FeedState>();
        run.Server.Misbehave = async (number, context) =>
        {
            states.Enqueue(run.Progress.State);
            if (number != 2) return false;
            await refuse(context, run.Time.GetUtcNow());
            _ = WatchAsync(run, states);
            return true;
        };
        await run.UntilPassesAsync(2);

        var requests = run.Server.Requests.ToArray();
        Assert.Equal(requests[1].Page, requests[2].Page);
        // A date has whole seconds.
        Assert.InRange(requests[2].At - requests[1].At, Asked - TimeSpan.FromSeconds(1), Asked + TimeSpan.FromMinutes(10));
        Assert.Contains(FeedState.Paced, states);
        run.NothingIsLost();
        run.NothingIsRepeated();
    }

    /// <summary>Looks at what operators would see, again and again until it is the wait: on a busy machine the middle of it is easily missed.</summary>
    private static async Task WatchAsync(Run run, ConcurrentQueue<FeedState> states)
    {
        for (var look = 0; look < 5000 && run.Progress.State != FeedState.Paced; look++) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        states.Enqueue(run.Progress.State);
    }
}
