using System.Text;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>A service takes what it needs for the batches in hand, however much is queued behind them.</summary>
[Collection("site")]
public sealed class DepthTests(Site site)
{
    private const long MostMemory = 500L * 1024 * 1024;

    [Fact]
    public async Task Memory_does_not_grow_with_what_is_queued()
    {
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world);
        await gatekeeper.Stop();
        var queued = Sizes.Of(100_000, 10_000_000);
        for (var at = 0; at < queued; at += 10_000)
            await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(at, Math.Min(10_000, queued - at)).Select(number => Encoding.UTF8.GetBytes(
                $$$"""{"source":"desk","object_type":"ticket","native_id":"{{{number}}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A{{{number % 1000}}}"}""")));

        gatekeeper.Restart();
        await gatekeeper.Ready();
        var some = Math.Min(queued, 300_000);
        await Eventually("much of it is decided", () => world.Number("select coalesce(sum(received), 0)::bigint from gatekeeper.ledger"), received => received >= some, TimeSpan.FromMinutes(5));
        Assert.True(gatekeeper.MostMemory < MostMemory, $"With {queued} queued it took {gatekeeper.MostMemory / 1024 / 1024} MiB.");
        Console.WriteLine($"Memory_does_not_grow: {queued} queued, {some} decided, most memory {gatekeeper.MostMemory / 1024 / 1024} MiB");
    }
}
