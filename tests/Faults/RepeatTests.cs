using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class RepeatTests(Site site)
{
    [Fact]
    public async Task Everything_may_come_three_times_and_in_any_order()
    {
        await using var run = await FaultRun.Start(site, Traffic.Of(3 * Sizes.Of(100_000, 5_000_000), seed: 8, times: 3, accounts: Sizes.Of(20, 500)), perSecond: 20_000, replicas: 2);
        await run.Publish();
        await run.EndsWell(TimeSpan.FromSeconds(Sizes.Of(180, 3600)));
    }
}
