using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Hosting;
using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Capture;

/// <summary>
/// Stores the dead letters of a batch in one transaction; only then are they taken from the queue. A repeat is counted, not stored
/// again. One that was settled or discarded and dies anew is open again: what is thrown away must not take later failures with it.
/// </summary>
public sealed class LetterIntake(NpgsqlDataSource database, TimeProvider time) : IHandleBatches
{
    private const string Store =
        """
        insert into letters (id, reason, sentence, source, object_type, native_id, account_id, observed_at, exchange, routing_key, source_queue, message_id, waited_for, body, headers, envelope,
            trace_parent, counted_by_us, first_seen, died_at, group_key)
        select id, reason, sentence, source, object_type, native_id, account_id, observed_at, exchange, routing_key, source_queue, message_id, waited_for, body, headers::json, envelope::json,
            trace_parent, counted_by_us, first_seen, died_at, group_key
        from unnest({0})
            n (id, reason, sentence, source, object_type, native_id, account_id, observed_at, exchange, routing_key, source_queue, message_id, waited_for, body, headers, envelope,
                trace_parent, counted_by_us, first_seen, died_at, group_key)
        on conflict (id) do update set times = letters.times + 1, last_seen = clock_timestamp(),
            deaths = letters.deaths + (excluded.died_at > coalesce(letters.died_at, letters.first_seen))::int,
            died_at = greatest(letters.died_at, excluded.died_at),
            reason = case when excluded.died_at > letters.died_at then excluded.reason else letters.reason end,
            sentence = case when excluded.died_at > letters.died_at then excluded.sentence else letters.sentence end,
            group_key = case when excluded.died_at > letters.died_at then excluded.group_key else letters.group_key end,
            body = case when letters.body = '' then excluded.body else letters.body end,
            state = case when letters.state in ('settled', 'discarded') and excluded.died_at > coalesce(letters.died_at, letters.first_seen) then 'open' else letters.state end,
            purge_at = case when excluded.died_at > coalesce(letters.died_at, letters.first_seen) then null else letters.purge_at end
        returning id, times
        """;

    private const string Group =
        """
        insert into letter_groups (group_key, reason, source, object_type, source_queue, shape)
        select distinct on (group_key) * from unnest({0}) n (group_key, reason, source, object_type, source_queue, shape) order by group_key
        on conflict do nothing
        """;

    /// <summary>What comes back from a replay whose consumer tells nothing: so that replay has failed.</summary>
    private const string Returned =
        """
        with back as (
            update operation_letters o set fate = 'dead_again', detail = n.sentence, decided_at = clock_timestamp()
            from unnest({0}) n (replay_id, sentence) where o.replay_id = n.replay_id and not o.is_told and o.fate = 'handed_over'
            returning o.operation_id)
        update operations o set handed_over = handed_over - b.count, dead_again = dead_again + b.count
        from (select operation_id, count(*) from back group by operation_id) b where o.id = b.operation_id
        """;

    public bool IsLastPlace => true;

    public async Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var letters = batch.Select((delivery, index) => Letter.Of(delivery, now.AddMicroseconds(index))).ToList(); // so that their order is known afterwards
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var once in Rounds(letters)) await StoreAsync(connection, transaction, once, cancellation);
        await transaction.CommitAsync("letters", cancellation);
        return [];
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
        var rows = letters.Select(letter => (Letter: letter, Failure: Failure.Of(letter))).ToList();
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(Rows(rows));
            batch.BatchCommands.Add(Groups(rows));
            batch.BatchCommands.Add(new Columns<Letter>(letters)
                .Add(NpgsqlDbType.Uuid, letter => letter.Id)
                .Add(NpgsqlDbType.Text, letter => Storable(Words.Of(letter)))
                .Command("insert into letter_words (letter_id, words) select * from unnest({0}) on conflict do nothing"));
            if (letters.Any(letter => letter.ReplayId is not null)) batch.BatchCommands.Add(Back([.. letters.Where(letter => letter.ReplayId is not null)]));
            await using var stored = await batch.ExecuteReaderAsync(cancellation);
            while (await stored.ReadAsync(cancellation))
                if (stored.GetInt64(1) > 1) repeated.Add(stored.GetGuid(0));
            while (await stored.NextResultAsync(cancellation))
            {
                // To the end, where a failure of any of them shows.
            }
        }

        var entries = letters.Where(letter => letter.CountedByUs).Select(letter => new LedgerEntry(
            Stream(letter), letter.Source ?? LedgerEntry.UnknownSource, Received: 1, DeadLettered: repeated.Contains(letter.Id) ? 0 : 1, Duplicates: repeated.Contains(letter.Id) ? 1 : 0));
        await using var ledger = new NpgsqlBatch(connection, transaction);
        LedgerTable.Add(ledger, LedgerEntry.Sum(entries), time);
        if (ledger.BatchCommands.Count > 0) await ledger.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand Rows(IReadOnlyList<(Letter Letter, Failure Failure)> rows) => new Columns<(Letter Letter, Failure Failure)>(rows)
        .Add(NpgsqlDbType.Uuid, row => row.Letter.Id)
        .Add(NpgsqlDbType.Text, row => row.Letter.Reason)
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.Sentence))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.Source))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.ObjectType))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.NativeId))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.AccountId))
        .Add(NpgsqlDbType.TimestampTz, row => row.Letter.ObservedAt)
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.Exchange))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.RoutingKey))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.SourceQueue))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.MessageId))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.WaitedFor))
        .AddBytes(row => row.Letter.Delivery.Body)
        .Add(NpgsqlDbType.Text, row => JsonSerializer.Serialize(row.Letter.Delivery.Headers))
        .Add(NpgsqlDbType.Text, row => row.Letter.Delivery.Properties is { } properties ? Envelope.Write(properties) : null)
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.Delivery.TraceParent))
        .Add(NpgsqlDbType.Boolean, row => row.Letter.CountedByUs)
        .Add(NpgsqlDbType.TimestampTz, row => row.Letter.FirstSeen)
        .Add(NpgsqlDbType.TimestampTz, row => row.Letter.DiedAt)
        .Add(NpgsqlDbType.Uuid, row => row.Failure.Key)
        .Command(Store);

    private static NpgsqlBatchCommand Groups(IReadOnlyList<(Letter Letter, Failure Failure)> rows) => new Columns<(Letter Letter, Failure Failure)>([.. rows.DistinctBy(row => row.Failure.Key)])
        .Add(NpgsqlDbType.Uuid, row => row.Failure.Key)
        .Add(NpgsqlDbType.Text, row => row.Letter.Reason)
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.Source))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.ObjectType))
        .Add(NpgsqlDbType.Text, row => Storable(row.Letter.SourceQueue))
        .Add(NpgsqlDbType.Text, row => Storable(row.Failure.Shape))
        .Command(Group);

    private static NpgsqlBatchCommand Back(IReadOnlyList<Letter> letters) => new Columns<Letter>([.. letters.DistinctBy(letter => letter.ReplayId)])
        .Add(NpgsqlDbType.Uuid, letter => letter.ReplayId!.Value)
        .Add(NpgsqlDbType.Text, letter => Storable(letter.Sentence))
        .Command(Returned);

    internal static string Stream(Letter letter) => letter.Exchange.Length > 0 ? letter.Exchange : letter.SourceQueue;

    /// <summary>Headers of foreign messages may hold what PostgreSQL cannot: it is shown as the replacement character; the body is kept as it came.</summary>
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
