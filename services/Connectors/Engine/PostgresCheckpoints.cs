using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Connectors.Engine;

/// <summary>Checkpoints in the schema <c>connectors</c>, one row a feed. The database's clock says when.</summary>
public sealed class PostgresCheckpoints(NpgsqlDataSource database) : IKeepCheckpoints
{
    private const string Select =
        "select cursor, recent, records_read, published, unmappable, repeated, version from connectors.checkpoints where system = $1 and feed = $2";

    /// <summary>Version 0 is the row that is not there yet: of two who insert it, one does.</summary>
    private const string Upsert = """
        insert into connectors.checkpoints as stored (system, feed, cursor, recent, records_read, published, unmappable, repeated, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
        on conflict (system, feed) do update
           set cursor = excluded.cursor, recent = excluded.recent, records_read = excluded.records_read, published = excluded.published,
               unmappable = excluded.unmappable, repeated = excluded.repeated, version = stored.version + 1, updated_at = clock_timestamp()
         where stored.version = $9
        """;

    public async Task<StoredCheckpoint> LoadAsync(string system, string feed, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new() { Value = system });
        command.Parameters.Add(new() { Value = feed });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return new StoredCheckpoint(new Checkpoint(), 0);
        var position = JsonSerializer.Deserialize(reader.GetString(0), CheckpointJson.Default.Position)!;
        var counts = new Counts(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
        var checkpoint = position.With(RecentRecords.FromBytes(reader.GetFieldValue<byte[]>(1)), counts);
        return new StoredCheckpoint(checkpoint, reader.GetInt64(6));
    }

    public async Task<StoredCheckpoint?> SaveAsync(string system, string feed, StoredCheckpoint last, Checkpoint next, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Upsert);
        command.Parameters.Add(new() { Value = system });
        command.Parameters.Add(new() { Value = feed });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(Position.Of(next), CheckpointJson.Default.Position), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = next.Recent.ToBytes() });
        command.Parameters.Add(new() { Value = next.Counts.Read });
        command.Parameters.Add(new() { Value = next.Counts.Published });
        command.Parameters.Add(new() { Value = next.Counts.Unmappable });
        command.Parameters.Add(new() { Value = next.Counts.Repeated });
        command.Parameters.Add(new() { Value = last.Version });
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? new StoredCheckpoint(next, last.Version + 1) : null;
    }
}
