using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Connectors.Engine.Drift;

/// <summary>Shapes in the schema <c>connectors</c>, one row a feed.</summary>
public sealed class PostgresShapes(NpgsqlDataSource database) : IKeepShapes
{
    private const string Select = "select shape from connectors.shapes where system = $1 and feed = $2";

    private const string Upsert = """
        insert into connectors.shapes (system, feed, shape) values ($1, $2, $3)
        on conflict (system, feed) do update set shape = excluded.shape, updated_at = clock_timestamp()
        """;

    public async Task<FeedShape> LoadAsync(string system, string feed, CancellationToken cancellation)
    {
        await using var command = Command(Select, system, feed);
        return await command.ExecuteScalarAsync(cancellation) is string shape ? JsonSerializer.Deserialize(shape, ShapeJson.Default.FeedShape)! : new FeedShape();
    }

    public async Task SaveAsync(string system, string feed, FeedShape shape, CancellationToken cancellation)
    {
        await using var command = Command(Upsert, system, feed);
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(shape, ShapeJson.Default.FeedShape), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string text, string system, string feed)
    {
        var command = database.CreateCommand(text);
        command.Parameters.Add(new() { Value = system });
        command.Parameters.Add(new() { Value = feed });
        return command;
    }
}
