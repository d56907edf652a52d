using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Pipeline.Hosting.Storage;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>One record as the advisor reads it.</summary>
internal sealed record ScannedRecord(
    string Source, string NativeId, string? AccountId, bool HasName, bool HasJoinDate, string[] Emails, string? SupportId, IReadOnlyDictionary<string, JsonElement> Fields);

/// <summary>Streams all records that are not deleted; the server hands them out as they are read, so that memory does not grow with them.</summary>
internal static class RecordScan
{
    private const string Sql = "select source, native_id, account_id, name is not null, join_date is not null, emails, account_support_id, fields::text from records where not deleted";

    public static async IAsyncEnumerable<ScannedRecord> ReadAsync(NpgsqlDataSource database, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            yield return new ScannedRecord(
                rows.GetString(0), rows.GetString(1), rows.TextOrNull(2), rows.GetBoolean(3), rows.GetBoolean(4),
                rows.GetFieldValue<string[]>(5), rows.TextOrNull(6),
                JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(rows.GetString(7)) ?? []);
    }

    public static async Task<long> CountAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(*) from records where not deleted");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
