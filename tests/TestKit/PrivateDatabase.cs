using Npgsql;

namespace Pipeline.TestKit;

/// <summary>A database for one test class: each service owns schemas of fixed names, so a schema each would not do.</summary>
public static class PrivateDatabase
{
    /// <returns>The connection string of the new, empty database.</returns>
    public static async Task<string> Make(string server, string name)
    {
        await Execute(server, $"create database {name} template template0 encoding 'UTF8'");
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Ends the connections that are still open to it as well.</summary>
    public static Task Drop(string server, string name) => Execute(server, $"drop database if exists {name} with (force)");

    private static async Task Execute(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
