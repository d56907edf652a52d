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
    public async Task Of_two_of_every_service_one_may_be_killed_and_one_may_be_replaced()
    {
        var random = new Random(20261129);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(30_000, 500_000), seed: 2), perSecond: 500, replicas: 2);
        await run.Publish();
        for (var kill = 1; kill <= Sizes.Of(6, 60); kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 1500)), TimeProvider.System);
            var victim = run.Services[random.Next(run.Services.Count)];
            await (kill % 2 == 0 ? victim.Stop() : victim.Kill()); // stopped to be replaced, as an upgrade does
            await run.Recovered($"the end of one {victim.Name}, {kill}", Allowed);
            victim.Restart();
            await victim.Ready();
        }

        await run.EndsWell();
    }

    [Fact]
    public async Task A_gatekeeper_may_hang_in_the_middle_and_wake_up_much_later()
    {
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(40_000, 400_000), seed: 23), perSecond: 500, replicas: 2);
        await run.Publish();
        for (var hang = 1; hang <= Sizes.Of(1, 10); hang++)
        {
            run.Gatekeeper.Signal("STOP");
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System); // the broker misses it by then and gives what it held to the other one
            await run.Recovered($"the hanging of a gatekeeper, {hang}", TimeSpan.FromSeconds(60));
            run.Gatekeeper.Signal("CONT");
            await run.Recovered($"its waking up, {hang}", Allowed);
        }

        await run.EndsWell();
    }
}
