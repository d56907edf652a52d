using Npgsql;
using Pipeline.Contracts.Operations;

namespace Pipeline.DeadLetters.Capture;

/// <summary>Lists and counts what the office keeps.</summary>
public static class LetterQuery
{
    private const string Columns = "id, reason, sentence, source, object_type, native_id, source_queue, first_seen, times, waited_for";

    /// <summary>The newest letters first; of one reason, or of all where it is null.</summary>
    public static async Task<IReadOnlyList<DeadLetterLine>> ListAsync(NpgsqlDataSource database, string? reason, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from letters where $1::text is null or reason = $1 order by first_seen desc, id limit $2");
        command.Parameters.Add(new() { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var letters = new List<DeadLetterLine>();
        while (await rows.ReadAsync(cancellation))
            letters.Add(new DeadLetterLine(
                rows.GetGuid(0), rows.GetString(1), rows.GetString(2), Text(rows, 3), Text(rows, 4), Text(rows, 5), rows.GetString(6), rows.GetFieldValue<DateTimeOffset>(7), rows.GetInt64(8), Text(rows, 9)));
        return letters;
    }

    /// <summary>The body of a letter as it came, or null where there is no such letter.</summary>
    public static async Task<byte[]?> BodyAsync(NpgsqlDataSource database, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select body from letters where id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    public static async Task<IReadOnlyDictionary<string, long>> CountsAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select reason, count(*) from letters group by reason order by count(*) desc, reason");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation)) counts[rows.GetString(0)] = rows.GetInt64(1);
        return counts;
    }

    private static string? Text(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
}
