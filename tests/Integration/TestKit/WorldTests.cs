using RabbitMQ.Client.Exceptions;
using Pipeline.TestKit;
using Pipeline.TestKit.Finding;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class WorldTests
{
    [Fact]
    public async Task A_raw_body_is_received_byte_for_byte()
    {
        await using var world = await World.New();
        var queue = await world.Outsider.Listen("account-discovered");
        byte[] notEvenText = [0xff, 0x00, 0x7b];

        await world.Outsider.Publish("account-discovered", [notEvenText]);

        _ = await Eventually("one message is ready", () => world.Outsider.Depth(queue), depth => depth == 1);
        var letter = Assert.Single(await world.Outsider.Take(queue));
        Assert.Equal(notEvenText, letter.Body);
        Assert.True(letter.Properties.Persistent);
        Assert.Equal(0u, await world.Outsider.Depth(queue));
    }

    [Fact]
    public async Task Two_worlds_share_neither_exchanges_nor_tables()
    {
        await using var one = await World.New();
        await using var other = await World.New();
        _ = await one.Outsider.Listen("of-this-world");
        await Execute(one, "create table account (id text)");

        var unknown = await Assert.ThrowsAnyAsync<Exception>(() => other.Outsider.Publish("of-this-world", "{}"));
        Assert.Contains("404", unknown.Message, StringComparison.Ordinal);
        await Execute(other, "create table account (id text)");
    }

    [Fact]
    public async Task A_body_that_reaches_no_queue_is_an_error_to_its_publisher()
    {
        await using var world = await World.New();
        await Assert.ThrowsAsync<PublishReturnException>(() => world.Outsider.Publish("", "{}", routingKey: "no-such-queue"));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_world_that_ended()
    {
        var servers = await Servers.Shared();
        var world = await World.New();
        var name = world.RabbitMq.AbsolutePath.Trim('/');
        using var api = new ManagementApi(servers.RabbitMq, servers.Management);
        Assert.True(await api.HasVirtualHost(name));
        await using var stillOpen = await world.Database.OpenConnectionAsync();

        await world.DisposeAsync();

        Assert.False(await api.HasVirtualHost(name));
        await using var database = Npgsql.NpgsqlDataSource.Create(servers.Postgres);
        await using var left = database.CreateCommand($"select count(*) from pg_database where datname = '{name}'");
        Assert.Equal(0L, await left.ExecuteScalarAsync());
    }

    private static async Task Execute(World world, string sql)
    {
        await using var command = world.Database.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync();
    }
}
