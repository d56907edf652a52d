using DotNet.Testcontainers.Builders;
using Npgsql;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests.Surroundings;

/// <summary>A second PostgreSQL that follows the first one: what the first confirms, it has.</summary>
public static class Standby
{
    public const string Password = "postgres";

    private const string Copy = "/tmp/copy";

    /// <summary>Copies the primary, follows it, and makes it wait for the copy at each commit.</summary>
    public static async Task<Machine> Of(Machine primary)
    {
        var port = Ports.Free();
        var name = $"standby_{port}";
        var gates = (string)(await Sql(primary, "select current_setting('hba_file')"))!;
        await primary.Run("sh", "-c", $"grep -q '^host replication' {gates} || echo 'host replication all all scram-sha-256' >> {gates}");
        await Sql(primary, "select pg_reload_conf()");
        // As the user of the server, who owns the copy: no image needs to have a tool for that.
        var follow = $"pg_basebackup -h {primary.Container.IpAddress} -U postgres -D {Copy} -c fast -R -X stream -C -S {name} && chmod 700 {Copy} && "
            + $"sed -i '/synchronous_standby_names/d' {Copy}/postgresql.auto.conf && exec postgres -D {Copy} -c cluster_name={name} -c max_connections=100 -c listen_addresses='*'";
        var container = new ContainerBuilder("postgres:17").WithEntrypoint("sh", "-c").WithCommand(follow).WithPortBinding(port, 5432)
            .WithEnvironment("PGPASSWORD", Password).WithCreateParameterModifier(create => create.User = "postgres")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilCommandIsCompleted("pg_isready", "-q", "-h", "127.0.0.1", "-U", "postgres")).Build();
        await container.StartAsync();
        await Sql(primary, $"alter system set synchronous_standby_names = '{name}'");
        await Sql(primary, "select pg_reload_conf()");
        await Eventually("the standby follows at each commit", async () =>
            await Sql(primary, $"select sync_state from pg_stat_replication where application_name = '{name}'") as string == "sync", TimeSpan.FromSeconds(60));
        return new Machine(container, port);
    }

    public static Task Promote(Machine standby) => Sql(standby, "select pg_promote()");

    private static async Task<object?> Sql(Machine machine, string sql)
    {
        await using var database = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={machine.Port};Username=postgres;Password={Password};Database=postgres;Pooling=false");
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
