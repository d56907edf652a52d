using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class NetworkTests(Site site)
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_network_may_delay_lose_cut_and_dribble()
    {
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(100_000, 3_000_000), seed: 7));
        await run.Publish();
        Weather[] kinds = [Weather.Delay, Weather.BlackHole, Weather.HalfOpen, Weather.Slow];
        for (var time = 0; time < Sizes.Of(6, 200); time++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            var (wire, name) = time % 2 == 0 ? (site.ToBroker, "broker") : (site.ToDatabase, "database");
            var weather = kinds[time / 2 % kinds.Length];
            wire.Weather = weather;
            await Task.Delay(TimeSpan.FromSeconds(weather is Weather.BlackHole or Weather.HalfOpen ? 20 : 4), TimeProvider.System);
            wire.Weather = Weather.Fine;
            if (time % 3 == 2) wire.Cut();
            await run.Recovered($"{weather} before the {name}", Allowed);
        }

        await run.EndsWell();
    }
}
