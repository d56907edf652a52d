using System.Security.Cryptography;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using RabbitMQ.Client;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>Whatever is published ends in exactly one place, and the services neither end nor grow.</summary>
[Collection("site")]
public sealed class FuzzTests(Site site)
{
    [Fact]
    public async Task Whatever_is_published_ends_in_exactly_one_place()
    {
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        (string, string)[] settings = [("Rules__File", RulesFileOf.Text(Traffic.Rules))];
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, settings);
        await using var systemOfRecord = await ServiceProcess.Start("SystemOfRecord", world, settings);
        await using var office = await ServiceProcess.Start("DeadLetters", world, settings);

        var sent = new Dictionary<string, long>(StringComparer.Ordinal);
        var children = new Dictionary<string, int>(StringComparer.Ordinal);
        await PublishAsync(world, Fuzz.Seeded("Whatever_is_published"), TimeSpan.FromSeconds(Sizes.Of(30, 600)), (exchange, body) =>
        {
            sent[exchange] = sent.GetValueOrDefault(exchange) + 1;
            if (exchange != Exchanges.ChildObjectReceived) return;
            var hash = Convert.ToHexStringLower(SHA256.HashData(body));
            children[hash] = children.GetValueOrDefault(hash) + 1;
        });

        // Usage events are children that come by a queue of their own.
        sent[Exchanges.ChildObjectReceived] += sent[Exchanges.UsageEventReceived];
        foreach (var (exchange, schema) in ((string, string)[])[(Exchanges.ChildObjectReceived, "gatekeeper"), (Exchanges.UserMapped, "gatekeeper"), (Exchanges.AccountDiscovered, "system_of_record")])
            await Eventually($"all of {exchange} is counted", () => world.Number($"select coalesce(sum(received), 0)::bigint from {schema}.ledger where stream = '{exchange}'"), count => count == sent[exchange], TimeSpan.FromSeconds(60));
        foreach (var schema in (string[])["gatekeeper", "system_of_record"])
            Assert.Equal(0, await world.Unbalanced(schema));
        await Eventually("nothing is on its way", () => world.Number("select (select count(*) from gatekeeper.announcements) + (select count(*) from system_of_record.announcements)"), count => count == 0, TimeSpan.FromSeconds(60));

        // By their bytes: in, waiting, overtaken or dead. What is in none of these was not the newest version, or came twice.
        var overtaken = await world.Number($"select coalesce(sum(superseded), 0)::bigint from gatekeeper.ledger where stream = '{Exchanges.ChildObjectReceived}'");
        await Eventually($"all bodies but the {overtaken} overtaken ones are somewhere", async () =>
        {
            var found = await world.Texts("""
                select encode(sha256(body), 'hex') from gatekeeper.objects union select encode(sha256(body), 'hex') from gatekeeper.parked union select encode(sha256(body), 'hex') from gatekeeper.overtaken
                union select encode(sha256(body), 'hex') from dead_letters.letters
                """);
            return children.Keys.Except(found).Count();
        }, nowhere => nowhere <= overtaken, TimeSpan.FromSeconds(60));
        Assert.Equal(0, await world.Number("select count(*) from dead_letters.letters where reason in ('handler_failed', 'delivery_limit_reached')"));
        foreach (var service in (ServiceProcess[])[gatekeeper, systemOfRecord, office]) Findings.IsWell(service);
        sent.Remove(Exchanges.UsageEventReceived);
        Console.WriteLine($"Whatever_is_published: {sent.Values.Sum()} inputs, most memory {new[] { gatekeeper, systemOfRecord, office }.Max(service => service.MostMemory) / 1024 / 1024} MiB");
    }

    private static async Task PublishAsync(World world, Fuzz fuzz, TimeSpan time, Action<string, byte[]> sent)
    {
        var end = TimeProvider.System.GetUtcNow() + time;
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, null));
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var window = Enumerable.Range(0, 50).Select(_ => fuzz.Next()).ToList();
            await Task.WhenAll(window.Select(input => channel.BasicPublishAsync(input.Exchange, "", mandatory: true, input.Properties, input.Body).AsTask()));
            foreach (var (exchange, body, _) in window) sent(exchange, body);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
