using Pipeline.TestKit;
using Xunit.Sdk;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class WaitingTests
{
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task It_returns_what_it_saw_when_the_condition_held()
    {
        var looks = 0;
        Assert.Equal(3, await Eventually("three looks", () => Task.FromResult(++looks), seen => seen == 3));
    }

    [Fact]
    public async Task A_failure_says_what_was_waited_for_and_what_was_seen_last()
    {
        var failure = await Assert.ThrowsAsync<FailException>(() =>
            Eventually("the queue holds 5", () => Task.FromResult(new[] { 1, 2 }), seen => seen.Length == 5, Briefly));
        Assert.Contains("the queue holds 5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("2 items: 1, 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_throws_counts_as_not_yet()
    {
        var looks = 0;
        Assert.Equal(2, await Eventually("no exception", () => ++looks < 2 ? throw new IOException("not there") : Task.FromResult(looks), _ => true));

        var failure = await Assert.ThrowsAsync<FailException>(() =>
            Eventually("no exception", () => throw new IOException("never there"), Briefly));
        Assert.Contains("IOException: never there", failure.Message, StringComparison.Ordinal);
    }
}
