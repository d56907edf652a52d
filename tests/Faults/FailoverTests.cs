using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class FailoverTests
{
    [Fact]
    public async Task The_database_may_be_lost_and_its_standby_take_its_place()
    {
        await using var site = new Site();
        await site.InitializeAsync();
        var (primary, standby) = (site.Database, await Standby.Of(site.Database));
        var all = new List<Machine> { standby };
        try
        {
            await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(30_000, 400_000), seed: 10));
            await run.Publish();
            for (var time = 1; time <= Sizes.Of(1, 20); time++)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
                await primary.Signal("KILL");
                await Standby.Promote(standby);
                site.ToDatabase.LeadTo(standby.Port);
                await run.Recovered($"failover {time}", TimeSpan.FromSeconds(10));
                if (time == Sizes.Of(1, 20)) break;
                primary = standby;
                all.Add(standby = await Standby.Of(primary));
            }

            await run.EndsWell();
        }
        finally
        {
            foreach (var machine in all) await machine.Container.DisposeAsync();
        }
    }
}
