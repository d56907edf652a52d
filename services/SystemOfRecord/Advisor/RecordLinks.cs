using Npgsql;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Which systems' records are linked, whichever side says it, and how steady their fields are.</summary>
internal static class RecordLinks
{
    /// <summary>Only links between two records that are known: a link to one that nobody has seen promises more than it holds.</summary>
    private const string Paths =
        """
        with both_sides as (
            select a.source, b.source as other, a.record_key, b.account_key from record_links l join records a on a.record_key = l.record_key and not a.deleted join records b on b.record_key = l.target_key and not b.deleted
            union all
            select b.source, a.source, b.record_key, a.account_key from record_links l join records a on a.record_key = l.record_key and not a.deleted join records b on b.record_key = l.target_key and not b.deleted)
        select source, other, count(distinct record_key), count(distinct record_key) filter (where account_key is not null) from both_sides where source <> other group by 1, 2 order by 1, 2
        """;

    private const string Changes = "select source, field, observed, changed from field_changes";

    /// <returns>From a system to another: linked records, and those whose other end carries an account_id.</returns>
    public static Task<Dictionary<(string System, string Other), (long Linked, long Identified)>> PathsAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        ReadAsync(database, Paths, cancellation);

    /// <returns>Of a system's field: how often observed again, and how often changed.</returns>
    public static Task<Dictionary<(string System, string Field), (long Observed, long Changed)>> ChangesAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        ReadAsync(database, Changes, cancellation);

    private static async Task<Dictionary<(string, string), (long, long)>> ReadAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<(string, string), (long, long)>();
        while (await rows.ReadAsync(cancellation)) found[(rows.GetString(0), rows.GetString(1))] = (rows.GetInt64(2), rows.GetInt64(3));
        return found;
    }
}
