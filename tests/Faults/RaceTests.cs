using System.Text;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>Each child races with the admission of its account, on two gatekeepers at once: law 6, where nobody chooses the moment. The chosen moments are ParkAgainstAdmitTests.</summary>
[Collection("site")]
public sealed class RaceTests(Site site)
{
    [Fact]
    public async Task A_child_and_its_account_may_come_at_the_same_moment_and_none_is_stranded()
    {
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        await using var first = await ServiceProcess.Start("Gatekeeper", world);
        await using var second = await ServiceProcess.Start("Gatekeeper", world);
        var races = Sizes.Of(10_000, 100_000);
        var random = new Random(20261131);
        foreach (var some in Enumerable.Range(0, races).Chunk(200))
        {
            // Both at once, each in an order of its own; now the ones are a little ahead, now the others.
            var (children, accounts) = (some.ToArray(), some.ToArray());
            random.Shuffle(children);
            random.Shuffle(accounts);
            var ahead = random.Next(-20, 20);
            await Task.WhenAll(
                Publish(Exchanges.ChildObjectReceived, children.Select(Child), Math.Max(0, -ahead)),
                Publish(Exchanges.AccountAdmitted, accounts.Select(Admission), Math.Max(0, ahead)));
        }

        await Eventually("every child is in", () => world.Number("select count(*) from gatekeeper.objects"), count => count == races, TimeSpan.FromMinutes(5));
        Assert.Equal(0, await world.Number("select count(*) from gatekeeper.parked"));
        Assert.Equal(0, await world.Unbalanced("gatekeeper"));
        var waited = await world.Number("select count(*) from gatekeeper.objects where waited is not null");
        Assert.InRange(waited, races / 100, races - (races / 100)); // where none or all had to wait, nothing has raced
        Console.WriteLine($"A_child_and_its_account: {races} races, {waited} children waited and were released, none is stranded");

        async Task Publish(string exchange, IEnumerable<byte[]> bodies, int milliseconds)
        {
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            await world.Outsider.Publish(exchange, bodies);
        }
    }

    private static byte[] Child(int number) => Encoding.UTF8.GetBytes(
        $$$"""{"source":"desk","object_type":"ticket","native_id":"{{{number}}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A{{{number}}}"}""");

    private static byte[] Admission(int number) => Encoding.UTF8.GetBytes(
        $$"""{"account_id":"A{{number}}","revision":1,"source":"crm","native_id":"{{number}}","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");
}
