using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Rules;

/// <summary>Every fault of the table, in every feed: it is shown with what is known of it, and when it is over nothing is missing.</summary>
public sealed class FaultRules
{
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var feed in Subjects.Feeds)
                foreach (var fault in Fault.All)
                    cases.Add(feed.Data.Item1, feed.Data.Item2, fault.Name);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_fault_is_shown_with_its_path_and_what_to_do_and_costs_nothing_but_time(string system, string feed, string faultName)
    {
        var fault = Fault.All.Single(candidate => candidate.Name == faultName);
        await using var run = await Run.StartAsync(system, feed);
        run.System = run.System with { RequestTimeout = Fault.Patience };
        var shown = new TaskCompletionSource<FeedSnapshot>();
        run.Logs.Written = line =>
        {
            if (line.Contains("failed, trying again", StringComparison.Ordinal)) shown.TrySetResult(run.Progress);
        };
        run.Server.Misbehave = async (number, context) =>
        {
            if (number < fault.At || shown.Task.IsCompleted) return false;
            await fault.Answer(context, run.Fixture.Answer(run.Script.Pages[fault.At - 1]));
            return true;
        };
        await run.UntilPassesAsync(2);

        Assert.True(shown.Task.IsCompleted, "The fault was not shown.");
        var then = await shown.Task;
        Assert.Equal(FeedState.Failing, then.State);
        Assert.All([run.Script.Pages[fault.At - 1].Path, .. fault.Shown], part => Assert.Contains(part, then.LastError, StringComparison.Ordinal));
        run.NothingIsLost();
        run.NothingIsRepeated();
        run.NothingUnknownWasAskedFor();
    }
}
