using System.Runtime.CompilerServices;
using Npgsql;
using Pipeline.TestKit.Finding;

namespace Pipeline.TestKit;

/// <summary>A virtual host and a database for one test or test class, on a real broker and a real PostgreSQL; both are dropped at the end.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly Servers servers;
    private readonly string name;

    private World(Servers servers, string name, string postgres)
    {
        (this.servers, this.name, Postgres) = (servers, name, postgres);
        RabbitMq = new UriBuilder(servers.RabbitMq) { Path = name }.Uri;
        Database = NpgsqlDataSource.Create(postgres);
        Outsider = new Outsider(RabbitMq);
    }

    /// <summary>The address of this world's virtual host, as PIPELINE_RABBITMQ takes it.</summary>
    public Uri RabbitMq { get; }

    /// <summary>The address of this world's database, as PIPELINE_POSTGRES takes it.</summary>
    public string Postgres { get; }

    /// <summary>The address of the broker's management API.</summary>
    public Uri Management => servers.Management;

    public NpgsqlDataSource Database { get; }

    /// <summary>Publishes and reads as a plain AMQP client does.</summary>
    public Outsider Outsider { get; }

    /// <summary>On the servers of this run; without any the test is skipped on a desk and failed on CI.</summary>
    public static async Task<World> New([CallerFilePath] string testFile = "") => await On(await Servers.Shared(), testFile);

    /// <summary>The same on a broker that nobody has given our definitions.</summary>
    public static async Task<World> Bare([CallerFilePath] string testFile = "") => await On(await Servers.Shared(), testFile, isDefined: false);

    public static async Task<World> On(Servers servers, [CallerFilePath] string testFile = "", bool isDefined = true)
    {
        // The file tells whose world a left-over is; the suffix keeps test processes apart.
        var stem = new string([.. Path.GetFileNameWithoutExtension(testFile).ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(40)]);
        var id = $"test_{stem}_{Guid.CreateVersion7().ToString("N")[^10..]}";
        using var api = new ManagementApi(servers.RabbitMq, servers.Management);
        await api.MakeVirtualHost(id);
        if (isDefined) await api.Import(id, Path.Combine(Repository.Root, "infra", "rabbitmq", "definitions.json"));
        return new World(servers, id, await PrivateDatabase.Make(servers.Postgres, id));
    }

    /// <summary>What a query for one whole number answers.</summary>
    public async Task<long> Number(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What a query for one column of text answers, in ordinal order.</summary>
    public async Task<List<string>> Texts(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync()) texts.Add(rows.GetString(0));
        texts.Sort(StringComparer.Ordinal);
        return texts;
    }

    /// <summary>How many messages more a service has received, by its ledger, than it has given a place; less than zero where fewer.</summary>
    /// <param name="schema">The service's.</param>
    public Task<long> Unbalanced(string schema) =>
        Number($"select coalesce(sum(received - accepted - parked - dead_lettered - superseded - duplicates), 0)::bigint from {schema}.ledger");

    public async ValueTask DisposeAsync()
    {
        await Outsider.DisposeAsync();
        await Database.DisposeAsync();
        using var api = new ManagementApi(servers.RabbitMq, servers.Management);
        await api.DropVirtualHost(name);
        await PrivateDatabase.Drop(servers.Postgres, name);
    }
}
