using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class BrokerTests(Site site)
{
    [Fact]
    public async Task The_broker_may_be_killed_stopped_and_started_again()
    {
        var random = new Random(20261130);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(30_000, 600_000), seed: 3));
        await run.Publish();
        for (var time = 1; time <= Sizes.Of(5, 50); time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 2500)), TimeProvider.System);
            await site.Broker.Signal(time % 2 == 0 ? "TERM" : "KILL");
            await site.Broker.Start();
            await site.IsWell();
            await run.Recovered($"the broker's end, {time}", TimeSpan.FromSeconds(15));
        }

        await run.EndsWell();
    }
}
