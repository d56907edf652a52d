using Npgsql;
using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Operations;

/// <summary>How many accounts are in which state, and how many records each system has.</summary>
internal static class AccountStatusQuery
{
    public static async Task<SystemOfRecordStatus> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("select lower(current_state), count(*) from mt_doc_account group by 1 order by 1"));
        batch.BatchCommands.Add(new("select source, count(*) from records where not deleted group by 1 order by 1"));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var states = await CountsAsync(rows, cancellation);
        await rows.NextResultAsync(cancellation);
        return new SystemOfRecordStatus(states, await CountsAsync(rows, cancellation));
    }

    private static async Task<Dictionary<string, long>> CountsAsync(NpgsqlDataReader rows, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation)) counts[rows.GetString(0)] = rows.GetInt64(1);
        return counts;
    }
}
