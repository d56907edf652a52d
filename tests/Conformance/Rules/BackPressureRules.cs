using Pipeline.Conformance.Tests.Harness;

namespace Pipeline.Conformance.Tests.Rules;

/// <summary>A broker that is slow, or full, slows the reading down: nothing is read ahead into memory.</summary>
public sealed class BackPressureRules
{
    /// <summary>By the fast clock: longer than any poll interval or backoff that the engine could wake up after.</summary>
    private static readonly TimeSpan Withheld = TimeSpan.FromSeconds(30);

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task While_the_broker_does_not_confirm_no_further_page_is_asked_for_and_the_checkpoint_stays(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        run.Recorder.WithholdConfirms();
        var reading = run.UntilPassesAsync(2);
        await TakenAsync(run, reading);
        await Task.Delay(Withheld, run.Time, CancellationToken.None);

        Assert.Single(run.Server.Requests);
        Assert.Equal("", run.Checkpoints.Position);
        Assert.Equal((0, 0), (run.Progress.Read, run.Progress.Published));

        run.Recorder.Confirm();
        await reading;
        run.NothingIsLost();
        run.NothingIsRepeated();
    }

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task A_service_that_is_stopped_while_the_broker_does_not_confirm_ends_and_reads_the_page_again_later(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        run.Recorder.WithholdConfirms();
        var death = new Death(int.MaxValue);
        var reading = run.UntilPassesAsync(2, death);
        await TakenAsync(run, reading);
        death.ComeNow();
        await reading;
        Assert.Equal("", run.Checkpoints.Position);

        run.Recorder.Confirm();
        await run.UntilPassesAsync(2);
        run.NothingIsLost();
        run.RepeatsCarryTheSameId();
    }

    /// <summary>Returns when the broker has taken the first page.</summary>
    private static async Task TakenAsync(Run run, Task reading)
    {
        while (run.Recorder.Messages.Count == 0 && !reading.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
    }
}
