using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Capture;
using Pipeline.Hosting;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>Hears what became of replayed messages, and closes their letters or opens them again.</summary>
public sealed class FateIntake(NpgsqlDataSource database, LetterIntake letters, WakeUp wake) : IHandleBatches
{
    /// <summary>The replayer counts on a row that it holds, so that is waited for before any letter is touched.</summary>
    private const string Lock =
        "select id from operations where id in (select operation_id from operation_letters where replay_id = any($1)) order by id for update";

    /// <summary>In the order in which letters that come in are stored, so that neither waits for the other.</summary>
    private const string LockLetters =
        "select id from letters where id in (select letter_id from operation_letters where replay_id = any($1)) order by id for update";

    private const string Decide =
        """
        with said as (select distinct on (replay_id, decided_by) * from unnest({0}) n (replay_id, decided_by, fate, detail, successor) order by replay_id, decided_by),
        decided as (
            update operation_letters o set state = 'decided', fate = s.fate, detail = s.detail, decided_at = clock_timestamp()
            from said s join operation_letters b on b.replay_id = s.replay_id
            where o.replay_id = s.replay_id and (o.decider is null or o.decider = s.decided_by) and (b.state in ('waiting', 'sent') or b.fate = 'unknown')
            returning o.operation_id, o.letter_id, o.fate, o.detail, s.successor, b.state was, b.fate was_fate),
        known as (
            update letters l set fate = d.fate, fate_detail = d.detail, changed_at = clock_timestamp(), successor = case when d.successor <> l.id then d.successor end,
                state = case when d.fate = 'dead_again' and coalesce(d.successor, l.id) = l.id then 'open' else 'settled' end
            from decided d where l.id = d.letter_id and l.operation_id = d.operation_id and l.state in ('replaying', 'open')),
        answered as (delete from letter_answers a using decided d where a.letter_id = d.letter_id and d.fate <> 'dead_again'),
        counted as (
            select operation_id, count(*) filter (where was = 'waiting') sent, count(*) filter (where was_fate = 'unknown') unknown, count(*) filter (where fate = 'accepted') accepted,
                count(*) filter (where fate = 'parked') parked, count(*) filter (where fate = 'superseded') superseded, count(*) filter (where fate = 'dead_again') dead_again
            from decided group by operation_id)
        update operations o set sent = o.sent + c.sent, unknown = o.unknown - c.unknown, accepted = o.accepted + c.accepted, parked = o.parked + c.parked,
            superseded = o.superseded + c.superseded, dead_again = o.dead_again + c.dead_again
        from counted c where o.id = c.operation_id
        """;

    public async Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var (said, foreign) = (new List<ReplayDecided>(), new List<Delivery>());
        foreach (var delivery in batch)
            if (Read(delivery) is { } decided) said.Add(decided);
            else foreign.Add(delivery);
        if (foreign.Count > 0) await letters.HandleAsync(foreign, cancellation); // somebody put here what is none of ours
        if (said.Count == 0) return [];

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var replays = said.Select(decided => decided.ReplayId).ToArray();
        await using (var command = new NpgsqlBatch(connection, transaction) { BatchCommands = { ResultSets.With(Lock, replays), ResultSets.With(LockLetters, replays) } })
        {
            command.BatchCommands.Add(new Columns<ReplayDecided>(said)
                .Add(NpgsqlDbType.Uuid, decided => decided.ReplayId)
                .Add(NpgsqlDbType.Text, decided => decided.DecidedBy)
                .Add(NpgsqlDbType.Text, decided => decided.Place == ReplayDecided.Places.DeadLettered ? Fates.DeadAgain : decided.Place)
                .Add(NpgsqlDbType.Text, decided => decided.Detail?.Replace('\0', '\uFFFD'))
                .Add(NpgsqlDbType.Uuid, decided => decided.DeadLetterId)
                .Command(Decide));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync("fates", cancellation);
        wake.Raise();
        return [];
    }

    public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation) => letters.HandleAsync([delivery], cancellation);

    private static ReplayDecided? Read(Delivery delivery)
    {
        try
        {
            var decided = JsonSerializer.Deserialize(delivery.Body.Span, PipelineJson.Wire.ReplayDecided);
            return decided is { Place: ReplayDecided.Places.Accepted or ReplayDecided.Places.Parked or ReplayDecided.Places.Superseded or ReplayDecided.Places.DeadLettered } ? decided : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
