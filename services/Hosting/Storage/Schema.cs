using System.Reflection;
using Npgsql;

namespace Pipeline.Hosting.Storage;

/// <summary>A service's own schema, and the SQL that makes it: an embedded file that can be run again and again.</summary>
/// <param name="Name">The schema; no other service reads it.</param>
/// <param name="Assembly">Where Schema.sql is embedded.</param>
public sealed record Schema(string Name, Assembly Assembly)
{
    /// <summary>Makes what is missing. Replicas that start together do it one after the other.</summary>
    public async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"select pg_advisory_xact_lock(hashtext('{Name}')); create schema if not exists {Name}; set local search_path to {Name}; {Own()} {Shared}",
            connection, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>What every service keeps: announcements to be made, the ledger of what it received, and what may have killed it.</summary>
    private const string Shared = """
        create table if not exists announcements (
            id uuid primary key,
            created_at timestamptz not null default clock_timestamp(),
            messages bytea not null);
        alter table announcements alter column messages set storage external; -- lives for milliseconds: compressing it costs more than it saves
        create table if not exists ledger (
            id uuid primary key,
            stream text not null,
            source text not null,
            received bigint not null,
            accepted bigint not null,
            parked bigint not null,
            dead_lettered bigint not null,
            superseded bigint not null,
            duplicates bigint not null);
        create table if not exists suspects (
            delivery uuid primary key,
            attempts int not null,
            noted_at timestamptz not null default clock_timestamp());
        """;

    private string Own()
    {
        var name = Assembly.GetManifestResourceNames().SingleOrDefault(resource => resource.EndsWith("Schema.sql", StringComparison.Ordinal));
        if (name is null) return "";
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
