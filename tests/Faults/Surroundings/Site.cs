using DotNet.Testcontainers.Networks;
using Npgsql;
using Pipeline.TestKit;
using Pipeline.TestKit.Finding;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests.Surroundings;

/// <summary>A broker and a database of the suite's own, for they are killed; and a wire to each, over which the services reach them.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>The broker's own small disk; null where it has that of the machine.</summary>
    public Disk? BrokerDisk { get; private init; }

    /// <summary>The database's own small disk; null where it has that of the machine.</summary>
    public Disk? DatabaseDisk { get; private init; }

    /// <summary>Between the nodes of the broker's cluster; null where it stands alone.</summary>
    public INetwork? BetweenNodes { get; private init; }

    public Machine Broker { get; private set; } = null!;

    /// <summary>The other nodes of the broker's cluster, without a wire.</summary>
    public IReadOnlyList<Machine> FurtherBrokers { get; private set; } = [];

    public Machine Database { get; private set; } = null!;

    public Wire ToBroker { get; private set; } = null!;

    public Wire ToDatabase { get; private set; } = null!;

    /// <summary>As the services see them.</summary>
    public Servers OverTheWires { get; private set; } = null!;

    /// <summary>As one who publishes sees the broker.</summary>
    public Uri BrokerItself { get; private set; } = null!;

    public string DatabaseItself { get; private set; } = null!;

    /// <summary>A site whose servers have little room.</summary>
    public static async Task<Site> WithSmallDisks()
    {
        var site = new Site { BrokerDisk = await Disk.Make(1000), DatabaseDisk = await Disk.Make(500) };
        await site.InitializeAsync();
        return site;
    }

    /// <summary>A site whose broker is a cluster of three nodes.</summary>
    public static async Task<Site> WithThreeBrokers()
    {
        var site = new Site { BetweenNodes = await Cluster.Network() };
        await site.InitializeAsync();
        return site;
    }

    public async ValueTask InitializeAsync()
    {
        var (amqp, management, postgres) = (Ports.Free(), Ports.Free(), Ports.Free());
        try
        {
            var brokers = new RabbitMqBuilder("rabbitmq:4-management").WithHostname("broker").WithPortBinding(amqp, 5672).WithPortBinding(management, 15672);
            var databases = new PostgreSqlBuilder("postgres:17").WithUsername("postgres").WithPassword(Standby.Password).WithPortBinding(postgres, 5432)
                // The package turns off what makes a commit one, for tests that kill nothing. Little WAL where the disk is little; where it is not, so little would
                // have the database write checkpoints all the time, and whole pages after each: after half a million messages it was all it did.
                .WithCommand("-c", "max_connections=100", "-c", $"max_wal_size={(DatabaseDisk is null ? "4GB" : "128MB")}", "-c", "fsync=on", "-c", "full_page_writes=on");
            if (BetweenNodes is not null) brokers = Cluster.Member(brokers, BetweenNodes, "broker");
            if (BrokerDisk is not null) brokers = brokers.WithVolumeMount(BrokerDisk.Volume, "/var/lib/rabbitmq");
            if (DatabaseDisk is not null) databases = databases.WithVolumeMount(DatabaseDisk.Volume, "/var/lib/postgresql");
            var (broker, database) = (brokers.Build(), databases.Build());
            await Task.WhenAll(broker.StartAsync(), database.StartAsync());
            (Broker, Database) = (new Machine(broker, amqp), new Machine(database, postgres));
            if (BetweenNodes is not null) FurtherBrokers = await Cluster.Grow(Broker, BetweenNodes);
            (ToBroker, ToDatabase) = (new Wire(amqp), new Wire(postgres));
            BrokerItself = new UriBuilder(broker.GetConnectionString()) { Host = "127.0.0.1", Port = amqp }.Uri;
            DatabaseItself = new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Host = "127.0.0.1", Port = postgres }.ConnectionString;
            OverTheWires = new Servers(
                "the fault suite's own containers",
                new UriBuilder(BrokerItself) { Port = ToBroker.Port }.Uri,
                new Uri($"http://127.0.0.1:{management}"),
                new NpgsqlConnectionStringBuilder(DatabaseItself) { Port = ToDatabase.Port }.ConnectionString);
        }
        catch (Exception exception) when (exception is DotNet.Testcontainers.Builders.DockerUnavailableException or Docker.DotNet.DockerApiException)
        {
            throw Prerequisite.Missing($"The fault suite kills a broker and a database of its own, in containers. {exception.Message}");
        }
    }

    /// <summary>Waits until both answer, over wires that are whole.</summary>
    public async Task IsWell()
    {
        (ToBroker.Weather, ToDatabase.Weather) = (Weather.Fine, Weather.Fine);
        await Eventually("the database answers", async () =>
        {
            await using var database = NpgsqlDataSource.Create(OverTheWires.Postgres);
            await using var command = database.CreateCommand("select 1");
            return await command.ExecuteScalarAsync() is 1;
        }, TimeSpan.FromSeconds(60));
        await Eventually("the broker answers", async () => await ManagementApi.Trouble(OverTheWires.RabbitMq, OverTheWires.Management) is null, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (ToBroker is null) return;
        await ToBroker.DisposeAsync();
        await ToDatabase.DisposeAsync();
        foreach (var node in (Machine[])[Broker, .. FurtherBrokers]) await node.Container.DisposeAsync();
        if (BetweenNodes is not null) await BetweenNodes.DisposeAsync();
        await Database.Container.DisposeAsync();
        if (BrokerDisk is not null) await BrokerDisk.DisposeAsync();
        if (DatabaseDisk is not null) await DatabaseDisk.DisposeAsync();
    }
}

/// <summary>All fault tests, one after the other on one site.</summary>
[CollectionDefinition("site")]
public sealed class SiteCollection : ICollectionFixture<Site>;
