using Npgsql;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>The account_ids that records of the system of record carry, or of one that was it before, a page at a time in the order of their keys.</summary>
internal static class AccountPages
{
    private const string Page =
        "select distinct on (account_key) account_key, account_id from records where account_key > $1 and source = any($2) order by account_key limit $3";

    /// <summary>Every system that is or was the system of record, and this one: its accounts may be in.</summary>
    public static async Task<string[]> SystemsAsync(NpgsqlDataSource database, string systemOfRecord, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select array(select system_of_record from rule_sets union select $1)");
        command.Parameters.Add(new() { Value = systemOfRecord });
        return (string[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task<long> CountAsync(NpgsqlDataSource database, string[] systems, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(distinct account_key) from records where source = any($1)");
        command.Parameters.Add(new() { Value = systems });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <param name="after">The last key of the page before; zeros for the first.</param>
    public static async Task<IReadOnlyList<(Guid Key, string AccountId)>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid after, string[] systems, int size, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Page, connection, transaction) { Parameters = { new() { Value = after }, new() { Value = systems }, new() { Value = size } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var page = new List<(Guid, string)>();
        while (await rows.ReadAsync(cancellation)) page.Add((rows.GetGuid(0), rows.GetString(1)));
        return page;
    }
}
