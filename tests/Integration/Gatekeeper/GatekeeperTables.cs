using Npgsql;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>The gatekeeper's tables without a gatekeeper, for tests that drive its transactions by themselves.</summary>
internal static class GatekeeperTables
{
    public static async Task<NpgsqlDataSource> MakeAsync(World world)
    {
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres) { SearchPath = "gatekeeper" }.ConnectionString);
        await new Schema("gatekeeper", typeof(Plan).Assembly).ApplyAsync(database, default);
        return database;
    }

    public static async Task Execute(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
