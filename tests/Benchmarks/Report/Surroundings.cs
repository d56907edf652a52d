using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;
using Pipeline.Benchmarks.Machine;
using RabbitMQ.Client;

namespace Pipeline.Benchmarks.Report;

/// <summary>Where the figures come from: without it none of them says anything.</summary>
/// <param name="CommitsPerSecond">Of one connection that commits one small row after the other: what the disk lets the database flush.</param>
internal sealed record Surroundings(string Kernel, int Processors, long MemoryMebibytes, string Runtime, string RabbitMq, string PostgreSql, IReadOnlyList<string> DatabaseSettings, double CommitsPerSecond, IReadOnlyDictionary<string, string> Libraries)
{
    private static readonly TimeSpan Flushing = TimeSpan.FromSeconds(2);

    public static async Task<Surroundings> OfAsync(Site site)
    {
        await using var database = NpgsqlDataSource.Create(site.Servers.Postgres);
        await using var connection = await new ConnectionFactory { Uri = site.Servers.RabbitMq }.CreateConnectionAsync();
        var broker = connection.ServerProperties?.TryGetValue("version", out var version) == true && version is byte[] text ? System.Text.Encoding.UTF8.GetString(text) : "unknown";
        await using var command = database.CreateCommand("show server_version");
        return new Surroundings(
            RuntimeInformation.OSDescription, Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576, RuntimeInformation.FrameworkDescription,
            broker, (string)(await command.ExecuteScalarAsync())!, Site.DatabaseSettings, await CommitsAsync(database), LibraryVersions());
    }

    private static async Task<double> CommitsAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var make = new NpgsqlCommand("create table flushes (at timestamptz)", connection)) await make.ExecuteNonQueryAsync();
        var (clock, commits) = (Stopwatch.StartNew(), 0);
        await using var insert = new NpgsqlCommand("insert into flushes values (clock_timestamp())", connection);
        for (; clock.Elapsed < Flushing; commits++) await insert.ExecuteNonQueryAsync();
        return commits / clock.Elapsed.TotalSeconds;
    }

    private static Dictionary<string, string> LibraryVersions() => ((Type[])[typeof(IConnection), typeof(NpgsqlConnection), typeof(MassTransit.IBus), typeof(Marten.IDocumentStore), typeof(Wolverine.IMessageBus)])
        .ToDictionary(type => type.Assembly.GetName().Name!, type => FileVersionInfo.GetVersionInfo(type.Assembly.Location).ProductVersion?.Split('+')[0] ?? "unknown");
}
