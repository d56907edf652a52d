using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Contracts.Spelling;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>
/// The values of all fields in a table of one connection's own, as hashes of 128 bits: what is counted exactly is counted there, so that memory
/// does not grow with the records. Beside each the hash of its folded spelling; the text itself for those that an example may be taken of.
/// </summary>
internal static class SeenValues
{
    private const string Make =
        """
        create temporary table seen (field int not null, record bigint not null, value uuid not null, folded uuid not null, text text) on commit drop;
        """;

    private const string Distil =
        """
        create temporary table seen_values on commit drop as select field, value, folded, count(*) as times, min(text) as text from seen group by field, value, folded;
        create index on seen_values (value, field);
        create index on seen_values (folded, field);
        analyze seen_values;
        create index on seen (field, value);
        analyze seen;
        """;

    private const string Copy = "copy seen (field, record, value, folded, text) from stdin (format binary)";

    /// <summary>Reads all records into the table, and counts them on the way.</summary>
    public static async Task<IReadOnlyList<SystemTally>> FillAsync(NpgsqlConnection connection, IAsyncEnumerable<ScannedRecord> records, Action<long> read, CancellationToken cancellation)
    {
        await RunAsync(connection, Make, cancellation);
        var systems = new Dictionary<string, SystemTally>(StringComparer.Ordinal);
        var (fields, number) = (0, 0L);
        await using (var copy = await connection.BeginBinaryImportAsync(Copy, cancellation))
        {
            copy.Timeout = TimeSpan.Zero;
            await foreach (var record in records)
            {
                if (!systems.TryGetValue(record.Source, out var system)) systems[record.Source] = system = new SystemTally(record.Source, () => ++fields);
                number++;
                foreach (var seen in system.Take(record)) await WriteAsync(copy, number, seen, cancellation);
                if (system.Records % 1000 == 0) read(systems.Values.Sum(tally => tally.Records));
            }

            await copy.CompleteAsync(cancellation);
        }

        await RunAsync(connection, Distil, cancellation);
        return [.. systems.Values.OrderBy(system => system.System, StringComparer.Ordinal)];
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, long record, SeenValue seen, CancellationToken cancellation)
    {
        var value = StableId.Of(seen.Text);
        var folded = Fold.Of(seen.Text);
        seen.Tally.Take(seen.Text, seen.Kind, value);
        await copy.StartRowAsync(cancellation);
        await copy.WriteAsync(seen.Tally.Number, NpgsqlDbType.Integer, cancellation);
        await copy.WriteAsync(record, NpgsqlDbType.Bigint, cancellation);
        await copy.WriteAsync(value, NpgsqlDbType.Uuid, cancellation);
        await copy.WriteAsync(folded == seen.Text ? value : StableId.Of(folded), NpgsqlDbType.Uuid, cancellation);
        if (seen.Tally.Field == ProfiledField.AccountId) await copy.WriteAsync(seen.Text, NpgsqlDbType.Text, cancellation);
        else await copy.WriteNullAsync(cancellation);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
