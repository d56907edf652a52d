using Npgsql;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>Reads what is known of a batch's records. One transaction at a time does this, so that cases are numbered in the order of their facts.</summary>
internal static class RecordReader
{
    public static async Task<KnownRecords> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<AccountRecord> records, IReadOnlyList<Guid> letterIds, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(OneWriter.Lock),
                new("select coalesce(max(version), 0) from rule_sets"),
                new("select record_key, observed_at, tie, account_id from records where record_key = any($1)") { Parameters = { new() { Value = records.Select(record => record.Key).Distinct().ToArray() } } },
                new("select dead_letter_id from dead where dead_letter_id = any($1)") { Parameters = { new() { Value = records.Select(record => record.DeadLetterId).Concat(letterIds).ToArray() } } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var rulesVersion = rows.GetInt32(0);
        await rows.NextResultAsync(cancellation);
        var known = new Dictionary<Guid, KnownRecord>();
        while (await rows.ReadAsync(cancellation))
            known[rows.GetGuid(0)] = new KnownRecord(new RecordVersion(rows.GetFieldValue<DateTimeOffset>(1), rows.GetGuid(2)), rows.IsDBNull(3) ? null : rows.GetString(3));
        await rows.NextResultAsync(cancellation);
        var dead = new HashSet<Guid>();
        while (await rows.ReadAsync(cancellation)) dead.Add(rows.GetGuid(0));
        return new KnownRecords(known, dead, rulesVersion);
    }
}
