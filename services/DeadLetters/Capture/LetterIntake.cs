using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Hosting;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;

namespace Pipeline.DeadLetters.Capture;

/// <summary>Stores the dead letters of a batch in one transaction; only then are they taken from the queue. A repeat is counted, not stored again.</summary>
public sealed class LetterIntake(NpgsqlDataSource database, TimeProvider time) : IHandleBatches
{
    private const string Store =
        """
        insert into letters (id, reason, sentence, source, object_type, native_id, exchange, source_queue, message_id, waited_for, body, headers, trace_parent, counted_by_us, first_seen)
        select id, reason, sentence, source, object_type, native_id, exchange, source_queue, message_id, waited_for, body, headers::json, trace_parent, counted_by_us, first_seen
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            n (id, reason, sentence, source, object_type, native_id, exchange, source_queue, message_id, waited_for, body, headers, trace_parent, counted_by_us, first_seen)
        on conflict (id) do update set times = letters.times + 1, last_seen = clock_timestamp()
        returning id, times
        """;

    public async Task HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var letters = batch.Select(delivery => Letter.Of(delivery, now)).ToList();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var once in Rounds(letters)) await StoreAsync(connection, transaction, once, cancellation);
        await transaction.CommitAsync("letters", cancellation);
    }

    /// <summary>The office fails on a letter only when it cannot write it at all; there is no further place to send it, so it stays in the queue.</summary>
    public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation) =>
        throw new TimeoutException($"A dead letter cannot be stored and stays in {delivery.Queue}: {refusal.Detail}");

    /// <summary>One statement cannot update the same row twice, so repeats within a batch are stored in a further round.</summary>
    private static IEnumerable<IReadOnlyList<Letter>> Rounds(IReadOnlyList<Letter> letters) =>
        letters.GroupBy(letter => letter.Id).SelectMany(same => same.Select((letter, round) => (letter, round))).GroupBy(entry => entry.round, entry => entry.letter)
            .OrderBy(round => round.Key).Select(round => round.OrderBy(letter => letter.Id).ToList());

    private async Task StoreAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Letter> letters, CancellationToken cancellation)
    {
        var repeated = new HashSet<Guid>();
        await using (var command = new NpgsqlCommand(Store, connection, transaction))
        {
            Column(NpgsqlDbType.Uuid, letter => letter.Id);
            Column(NpgsqlDbType.Text, letter => letter.Reason);
            Column(NpgsqlDbType.Text, letter => Storable(letter.Sentence));
            Column(NpgsqlDbType.Text, letter => Storable(letter.Source));
            Column(NpgsqlDbType.Text, letter => Storable(letter.ObjectType));
            Column(NpgsqlDbType.Text, letter => Storable(letter.NativeId));
            Column(NpgsqlDbType.Text, letter => Storable(letter.Exchange));
            Column(NpgsqlDbType.Text, letter => Storable(letter.SourceQueue));
            Column(NpgsqlDbType.Text, letter => Storable(letter.MessageId));
            Column(NpgsqlDbType.Text, letter => Storable(letter.WaitedFor));
            Column(NpgsqlDbType.Bytea, letter => letter.Delivery.Body.ToArray());
            Column(NpgsqlDbType.Text, letter => JsonSerializer.Serialize(letter.Delivery.Headers));
            Column(NpgsqlDbType.Text, letter => Storable(letter.Delivery.TraceParent));
            Column(NpgsqlDbType.Boolean, letter => letter.CountedByUs);
            Column(NpgsqlDbType.TimestampTz, letter => letter.FirstSeen);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
                if (rows.GetInt64(1) > 1) repeated.Add(rows.GetGuid(0));

            void Column<T>(NpgsqlDbType type, Func<Letter, T> value) => command.Parameters.Add(new() { Value = letters.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        var entries = letters.Where(letter => letter.CountedByUs).Select(letter => new LedgerEntry(
            Stream(letter), letter.Source ?? LedgerEntry.UnknownSource, Received: 1, DeadLettered: repeated.Contains(letter.Id) ? 0 : 1, Duplicates: repeated.Contains(letter.Id) ? 1 : 0));
        await using var ledger = new NpgsqlBatch(connection, transaction);
        LedgerTable.Add(ledger, LedgerEntry.Sum(entries), time);
        if (ledger.BatchCommands.Count > 0) await ledger.ExecuteNonQueryAsync(cancellation);
    }

    internal static string Stream(Letter letter) => letter.Exchange.Length > 0 ? letter.Exchange : letter.SourceQueue;

    /// <summary>Headers of foreign messages may hold what PostgreSQL cannot: it is shown as the replacement character; the body is kept as it came.</summary>
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
