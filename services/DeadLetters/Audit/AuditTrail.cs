using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Audit;

/// <summary>Something that somebody did or saw.</summary>
/// <param name="Actor">Who, as far as it is known.</param>
/// <param name="Role">reader, operator or admin; or rule, where a rule did it.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Result">taken, done, refused or seen.</param>
public sealed record AuditEntry(string Actor, string Role, string Action, string Target, string? Detail, string Result);

/// <summary>The audit trail, which is only ever added to.</summary>
public static class AuditTrail
{
    private const string Insert = "insert into audit (actor, role, action, target, detail, result) values ($1, $2, $3, $4, $5, $6)";

    /// <summary>Adds an entry in the transaction of what it tells of.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, AuditEntry entry, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Insert, connection, transaction);
        Fill(command, entry);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task AddAsync(NpgsqlDataSource database, AuditEntry entry, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Insert);
        Fill(command, entry);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest first.</summary>
    /// <param name="before">Only entries with a lower id; null for the newest.</param>
    public static async Task<IReadOnlyList<AuditLine>> ReadAsync(NpgsqlDataSource database, string? actor, string? action, long? before, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select id, at, actor, role, action, target, detail, result from audit where ($1::text is null or actor = $1) and ($2::text is null or action = $2) and ($3::bigint is null or id < $3) order by id desc limit $4");
        command.Parameters.Add(new() { Value = (object?)actor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)action ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<AuditLine>();
        while (await rows.ReadAsync(cancellation))
            lines.Add(new AuditLine(
                rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.TextOrNull(6), rows.GetString(7)));
        return lines;
    }

    private static void Fill(NpgsqlCommand command, AuditEntry entry)
    {
        foreach (var value in (string?[])[entry.Actor, entry.Role, entry.Action, entry.Target, entry.Detail, entry.Result])
            command.Parameters.Add(new() { Value = (object?)value?.Replace('\0', '\uFFFD') ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
    }
}
