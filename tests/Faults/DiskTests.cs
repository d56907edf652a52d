using System.Diagnostics;
using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>Not one after the other with the others' site: these have a site of their own.</summary>
[Collection("site")]
public sealed class DiskTests
{
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ResumedWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_disk_of_the_broker_and_that_of_the_database_may_be_full()
    {
        await using var site = await Site.WithSmallDisks();
        var (brokers, databases) = (site.BrokerDisk!, site.DatabaseDisk!);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(40_000, 150_000), seed: 9));
        await run.Publish();
        for (var time = 1; time <= Sizes.Of(1, 5); time++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            // Below its limit of 50 MB it takes nothing more; wholly without room it would end itself.
            await Shown("the broker takes no messages", () => brokers.Fill(butMegabytes: 30), () => run.Gatekeeper.Says("takes no messages"));
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
            await brokers.Free();
            await run.Recovered($"the broker's full disk, {time}", ResumedWithin);

            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            await Shown("the database is full", () => databases.Fill(butMegabytes: 0), () => run.Gatekeeper.Says("No space left"));
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
            await databases.Free();
            if (!await site.Database.IsRunning()) await site.Database.Start(); // it ends itself where it cannot write its log
            await run.Recovered($"the database's full disk, {time}", ResumedWithin);
        }

        await run.EndsWell();

        async Task Shown(string what, Func<Task> fill, Func<Task<bool>> shown)
        {
            var since = Stopwatch.StartNew();
            await fill();
            await Eventually($"it is shown that {what}", shown, ShownWithin);
            run.Say($"{what}: shown after {since.Elapsed.TotalSeconds:0.0} s");
        }
    }
}
