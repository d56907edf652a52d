using System.Diagnostics;
using System.Net;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>How a service begins, ends, and holds still.</summary>
[Collection("site")]
public sealed class StartAndStopTests(Site site)
{
    [Theory]
    [InlineData("Connectors")]
    [InlineData("SystemOfRecord")]
    [InlineData("Gatekeeper")]
    [InlineData("DeadLetters")]
    public async Task A_service_that_starts_before_database_and_broker_lives_says_what_it_waits_for_and_then_begins(string name)
    {
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        var nobody = Ports.Free();
        site.ToDatabase.LeadTo(nobody);
        site.ToBroker.LeadTo(nobody);
        try
        {
            await using var service = ServiceProcess.Begin(name, world, ("Rules__File", RulesFileOf.Text(Traffic.Rules)));
            await Eventually("it says that it waits for the database", () => service.Says("The database does not answer"), TimeSpan.FromSeconds(30));
            Assert.Equal(HttpStatusCode.OK, await service.Lives());
            site.ToDatabase.LeadTo(site.Database.Port);
            await Eventually("it says that it waits for the broker alone", async () => await service.Says("no connection to the broker") && !await service.Says("The database does not answer"), TimeSpan.FromSeconds(40));
            Assert.Equal(HttpStatusCode.OK, await service.Lives());
            site.ToBroker.LeadTo(site.Broker.Port);
            await service.Ready();
            Assert.Equal(0, await service.Stop());
        }
        finally
        {
            site.ToDatabase.LeadTo(site.Database.Port);
            site.ToBroker.LeadTo(site.Broker.Port);
        }
    }

    [Fact]
    public async Task A_service_that_is_stopped_ends_what_it_has_begun_and_nothing_is_decided_twice()
    {
        await using var run = await FaultRun.Start(site, Traffic.Of(20_000, seed: 21), perSecond: 2000);
        await run.Publish();
        for (var stop = 1; stop <= Sizes.Of(4, 20); stop++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            var since = Stopwatch.StartNew();
            Assert.Equal(0, await run.Gatekeeper.Stop());
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"It took {since.Elapsed.TotalSeconds:0.0} s to stop.");
            run.Gatekeeper.Restart();
            await run.Gatekeeper.Ready();
        }

        await run.EndsWell();
        // A batch that had been decided and not acknowledged would have come again, and been counted again.
        Assert.Equal(run.Traffic.Messages.Count(message => message.Exchange == Exchanges.ChildObjectReceived), await run.Number($"select coalesce(sum(received), 0)::bigint from gatekeeper.ledger where stream = '{Exchanges.ChildObjectReceived}'"));
    }

    [Fact]
    public async Task While_the_database_is_out_of_reach_the_messages_stay_with_the_broker_and_nothing_is_given_up()
    {
        await using var run = await FaultRun.Start(site, Traffic.Of(20_000, seed: 22), perSecond: 1000);
        await run.Publish();
        var before = await run.Received();
        await site.Database.Signal("KILL");
        await Eventually("it says that it is not ready, and why", () => run.Gatekeeper.Says("The database does not answer"), TimeSpan.FromSeconds(15));
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System); // longer than five attempts would take
        Assert.Equal(HttpStatusCode.OK, await run.Gatekeeper.Lives());
        Assert.True(await run.World.Outsider.Depth("gatekeeper-children") > 1000, "What comes meanwhile is not in the broker.");
        await site.Database.Start();
        await run.Recovered("the database's return", TimeSpan.FromSeconds(20)); // of which it needs some for its own repair
        Assert.True(await run.Received() > before);
        await run.EndsWell();
    }

    [Fact]
    public async Task A_broker_that_takes_no_messages_is_shown_by_services_that_have_nothing_to_say()
    {
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        var services = await Task.WhenAll(((string[])["Connectors", "SystemOfRecord", "Gatekeeper", "DeadLetters"]).Select(name => ServiceProcess.Start(name, world, ("Rules__File", RulesFileOf.Text(Traffic.Rules)))));
        try
        {
            await Watermark("0.0000001");
            foreach (var service in services) await Eventually($"{service.Name} shows it", () => service.Says("The broker takes no messages"), TimeSpan.FromSeconds(15));
            await Watermark("0.4");
            foreach (var service in services) await service.Ready();
        }
        finally
        {
            await Watermark("0.4");
            foreach (var service in services) await service.DisposeAsync();
        }

        Task Watermark(string share) => site.Broker.Container.ExecAsync(["rabbitmqctl", "-q", "set_vm_memory_high_watermark", share]);
    }
}
