using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class ClusterTests
{
    [Fact]
    public async Task Of_three_brokers_any_one_may_be_killed_and_all_goes_on_with_the_others()
    {
        await using var site = await Site.WithThreeBrokers();
        Machine[] nodes = [site.Broker, .. site.FurtherBrokers];
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(30_000, 400_000), seed: 12));
        await run.Publish();
        for (var time = 1; time <= Sizes.Of(2, 20); time++)
        {
            var number = (time - 1) % nodes.Length;
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await nodes[number].Signal("KILL");
            await run.Recovered($"the end of node {number + 1}, {time}", TimeSpan.FromSeconds(15)); // while it is down
            await nodes[number].Start();
            await Cluster.IsWhole(nodes);
        }

        await run.EndsWell();
    }
}
