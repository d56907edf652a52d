using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class KillTests(Site site)
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Any_service_may_be_killed_at_any_time()
    {
        var random = new Random(20261128);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(130_000, 2_000_000), seed: 1));
        await run.Publish();
        for (var kill = 1; kill <= Sizes.Of(20, 200); kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 2500)), TimeProvider.System);
            var victim = run.Services[random.Next(run.Services.Count)];
            await victim.Kill();
            victim.Restart();
            await victim.Ready();
            await run.Recovered($"kill {kill}, of {victim.Name}", Allowed);
        }

        await run.EndsWell();
    }

    [Fact]
    public async Task Of_two_gatekeepers_one_may_be_killed_and_one_may_be_replaced_by_another()
    {
        var random = new Random(20261129);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(40_000, 500_000), seed: 2), gatekeepers: 2);
        await run.Publish();
        for (var kill = 1; kill <= Sizes.Of(4, 40); kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 1500)), TimeProvider.System);
            var victim = run.Services[random.Next(2) == 0 ? 0 : 3];
            await (kill % 2 == 0 ? victim.Stop() : victim.Kill()); // killed, or stopped to be replaced, as an upgrade does
            await run.Recovered($"the end of one gatekeeper, {kill}", Allowed);
            victim.Restart();
            await victim.Ready();
        }

        await run.EndsWell();
    }
}
