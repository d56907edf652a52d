using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.TestKit;
using Pipeline.TestKit.Finding;
using RabbitMQ.Client;

namespace Pipeline.Integration.Tests.Broker;

/// <summary>What the broker itself does with a message that nobody ever finishes. The same on each RabbitMQ that there is here.</summary>
public abstract class BrokerSetUpTests
{
    /// <summary>More than RabbitMQ 4 allows a queue of which nothing is said, and more than we allow.</summary>
    private const int Often = 25;

    protected abstract Task<Servers> Find();

    [Fact]
    public async Task A_message_that_is_handed_out_again_and_again_is_given_up_to_the_dead_and_not_deleted()
    {
        await using var world = await World.On(await Find());
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, "{}");
        await HandOut(world, BrokerTopology.Children);
        await Waiting.Eventually("it is among the dead", () => world.Outsider.Depth(DeadLetterQueue.Name), depth => depth == 1);
        Assert.Equal(0u, await world.Outsider.Depth(BrokerTopology.Children));
    }

    [Fact]
    public async Task A_dead_letter_stays_however_often_it_is_handed_out()
    {
        await using var world = await World.On(await Find());
        await world.Outsider.Publish("", "{}", routingKey: DeadLetterQueue.Name);
        await HandOut(world, DeadLetterQueue.Name);
        Assert.Equal(1u, await world.Outsider.Depth(DeadLetterQueue.Name));
    }

    [Fact]
    public async Task A_queue_under_a_name_of_ours_that_somebody_else_declared_without_a_guard_gets_it_from_the_policy()
    {
        await using var world = await World.On(await Find());
        await using (var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync())
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeleteAsync(BrokerTopology.Children);
            await channel.QueueDeclareAsync(BrokerTopology.Children, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        }

        await world.Outsider.Publish("", "{}", routingKey: BrokerTopology.Children);
        await HandOut(world, BrokerTopology.Children);
        await Waiting.Eventually("it is among the dead", () => world.Outsider.Depth(DeadLetterQueue.Name), depth => depth == 1);
    }

    [Fact]
    public async Task The_services_declare_what_the_definitions_have_given_already()
    {
        await using var world = await World.On(await Find());
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await BrokerTopology.DeclareAsync(channel, CancellationToken.None); // another argument than that of the file would be refused
    }

    /// <summary>Takes the message and goes without an answer, over and over, as a program does that dies on it.</summary>
    private static async Task HandOut(World world, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        for (var time = 0; time < Often; time++)
        {
            await using var channel = await connection.CreateChannelAsync();
            await Waiting.Eventually("the broker answers", () => channel.BasicGetAsync(queue, autoAck: false), got => got is not null || time >= 20);
        }

        await Waiting.Eventually("nobody holds it", async () => await world.Outsider.Depth(queue) + await world.Outsider.Depth(DeadLetterQueue.Name), messages => messages >= 1);
    }
}

public sealed class BrokerSetUpOnTheServersOfThisRun : BrokerSetUpTests
{
    protected override Task<Servers> Find() => Servers.Shared();
}

public sealed class BrokerSetUpOnTheDistributionsPackages(PackagedBroker broker) : BrokerSetUpTests, IClassFixture<PackagedBroker>
{
    protected override Task<Servers> Find() => broker.Find();
}

/// <summary>Debian's own RabbitMQ, which is an older one than that of the containers.</summary>
public sealed class PackagedBroker : IAsyncDisposable
{
    private readonly string _run = Directory.CreateTempSubdirectory("pipeline-broker-").FullName;
    private Task<Search>? _search;

    public async Task<Servers> Find() => (await (_search ??= PackagedServers.Up(_run, force: "local"))).OrMissing();

    public async ValueTask DisposeAsync()
    {
        if (_search is not null) _ = await PackagedServers.Down(_run);
        Directory.Delete(_run, recursive: true);
    }
}
