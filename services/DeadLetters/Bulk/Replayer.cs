using Npgsql;
using NpgsqlTypes;
using Pipeline.Hosting;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>
/// Carries replays out: a few letters at a time, in order, at their pace. A step publishes and then notes, in the transaction that holds
/// the operation, so that one replica has it at a time; a process that dies in between leaves letters that are sent once more with the
/// same replay, which whoever decides on them takes for one.
/// </summary>
internal sealed partial class Replayer(NpgsqlDataSource database, ReplayPublisher publisher, WakeUp wake, TimeProvider time, ILogger<Replayer> log) : RepeatedWork(time, log)
{
    private const int MostAtOnce = 500;
    private const int MostBytesAtOnce = 16 * 1024 * 1024;

    /// <summary>After this long it is said that nothing was heard of a letter; a word that comes later still counts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private readonly Dictionary<Guid, ReplayPace> _paces = [];
    private bool _isBusy;

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var running = await RunningAsync(stopping);
        foreach (var gone in _paces.Keys.Except(running).ToList()) _paces.Remove(gone);
        foreach (var operation in running) await StepAsync(operation, stopping);
        _isBusy = running.Count > 0;
    }

    protected override Task PauseAsync(CancellationToken stopping) => wake.WaitAsync(_isBusy ? Beat : Idle, Time, stopping);

    private async Task<IReadOnlyList<Guid>> RunningAsync(CancellationToken stopping)
    {
        await using var command = database.CreateCommand("select id from operations where state = 'running' order by asked_at, id");
        await using var rows = await command.ExecuteReaderAsync(stopping);
        var ids = new List<Guid>();
        while (await rows.ReadAsync(stopping)) ids.Add(rows.GetGuid(0));
        return ids;
    }

    private async Task StepAsync(Guid id, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        if (await RunningReplay.LockAsync(connection, transaction, id, stopping) is not { } replay) return; // another replica has it
        if (replay.Undecided > 0 && await GiveUpAsync(connection, transaction, id, stopping) > 0)
        {
            await transaction.CommitAsync(stopping);
            return;
        }

        if (replay.Waiting == 0)
            await (replay.Undecided == 0 ? EndAsync(connection, transaction, id, "done", null, stopping) : Task.CompletedTask);
        else if (Ramp.IsFailing(replay.Ramp, replay.Sent, replay.Undecided, replay.Decided, replay.DeadAgain, replay.StopAt))
            await EndAsync(connection, transaction, id, "stopped", $"{replay.DeadAgain} of {replay.Decided} letters died again. Look at them; `pipeline operations resume` goes on all the same.", stopping);
        else
            await SendAsync(connection, transaction, replay, stopping);
        await transaction.CommitAsync("replay", stopping);
    }

    private async Task SendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RunningReplay replay, CancellationToken stopping)
    {
        if (!_paces.TryGetValue(replay.Id, out var pace)) pace = _paces[replay.Id] = new ReplayPace(replay.Pace, Time);
        var room = pace.Take(Math.Min(MostAtOnce, Ramp.MaySend(replay.Ramp, replay.Sent, replay.Undecided)));
        if (room == 0) return;
        var turns = await ReplayTurn.NextAsync(connection, transaction, replay.Id, room, MostBytesAtOnce, stopping);
        var fitting = turns.Select(turn => (Turn: turn, Message: turn.Message(replay, out var misfit), Misfit: misfit)).ToList();
        var answers = await publisher.PublishAsync([.. fitting.Select(turn => turn.Message).OfType<ReplayMessage>()], stopping);
        CrashPoint.Reach("after-publishing", "replay");
        var answered = new Queue<string?>(answers);
        var sent = fitting.Select(turn => Sent.Of(turn.Turn, turn.Message is not null, turn.Message is null ? turn.Misfit : answered.Dequeue())).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new Columns<Sent>(sent)
            .Add(NpgsqlDbType.Uuid, row => row.ReplayId)
            .Add(NpgsqlDbType.Text, row => row.State)
            .Add(NpgsqlDbType.Text, row => row.Fate)
            .Add(NpgsqlDbType.Text, row => row.Detail)
            .Command("""
                update operation_letters o set state = n.state, fate = n.fate, detail = n.detail,
                    sent_at = case when n.state <> 'left' then clock_timestamp() end, decided_at = case when n.fate is not null then clock_timestamp() end
                from unnest({0}) n (replay_id, state, fate, detail) where o.replay_id = n.replay_id and o.state = 'waiting'
                """));
        var settled = sent.Where(row => row.Fate is not null).ToList();
        if (settled.Count > 0)
            batch.BatchCommands.Add(new Columns<Sent>(settled)
                .Add(NpgsqlDbType.Uuid, row => row.LetterId)
                .Add(NpgsqlDbType.Text, row => row.Fate == Fates.HandedOver ? "settled" : "open")
                .Add(NpgsqlDbType.Text, row => row.Fate)
                .Add(NpgsqlDbType.Text, row => row.Detail)
                .Command("""
                    update letters l set state = n.state, fate = n.fate, fate_detail = n.detail, changed_at = clock_timestamp()
                    from unnest({0}) n (id, state, fate, detail) where l.id = n.id and l.state = 'replaying'
                    """));
        batch.BatchCommands.Add(new("update operations set sent = sent + $2, handed_over = handed_over + $3, dead_again = dead_again + $4, left_alone = left_alone + $5 where id = $1")
        {
            Parameters =
            {
                new() { Value = replay.Id }, new() { Value = sent.LongCount(row => row.State != "left") }, new() { Value = Many(Fates.HandedOver) }, new() { Value = Many(Fates.DeadAgain) }, new() { Value = Many(Fates.Left) },
            },
        });
        await batch.ExecuteNonQueryAsync(stopping);

        long Many(string fate) => sent.LongCount(row => row.Fate == fate);
    }

    /// <summary>Says of letters that were sent long ago that nothing was heard of them: they are open again, for a person to look at.</summary>
    private static async Task<long> GiveUpAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand(
            """
            with silent as (
                update operation_letters set state = 'decided', fate = 'unknown', detail = 'nothing was heard of it', decided_at = clock_timestamp()
                where operation_id = $1 and state = 'sent' and sent_at < statement_timestamp() - $2 returning letter_id),
            open as (
                update letters l set state = 'open', fate = 'unknown', fate_detail = 'nothing was heard of it', changed_at = clock_timestamp()
                from silent s where l.id = s.letter_id and l.operation_id = $1 and l.state = 'replaying'),
            counted as (update operations set unknown = unknown + (select count(*) from silent) where id = $1 and exists (select from silent))
            select count(*) from silent
            """, connection, transaction) { Parameters = { new() { Value = id }, new() { Value = Patience } } };
        return (long)(await command.ExecuteScalarAsync(stopping))!;
    }

    private async Task EndAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, string state, string? why, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand("update operations set state = $2, why = $3, ended_at = case when $2 = 'done' then clock_timestamp() end where id = $1", connection, transaction)
        {
            Parameters = { new() { Value = id }, new() { Value = state }, new() { Value = (object?)why ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } },
        };
        await command.ExecuteNonQueryAsync(stopping);
        Ended(id, state, why ?? "every letter has its fate");
    }

    [LoggerMessage(1601, LogLevel.Information, "The replay {Operation} is {State}: {Why}")]
    private partial void Ended(Guid operation, string state, string why);

    /// <summary>What became of a turn at once.</summary>
    private sealed record Sent(Guid ReplayId, Guid LetterId, string State, string? Fate, string? Detail)
    {
        /// <param name="failure">Why it does not fit, or has no place to go; null where the broker has it.</param>
        public static Sent Of(ReplayTurn turn, bool isPublished, string? failure) => (isPublished, failure) switch
        {
            (false, _) => new(turn.ReplayId, turn.LetterId, "left", Fates.Left, failure),
            (true, not null) => new(turn.ReplayId, turn.LetterId, "decided", Fates.DeadAgain, failure),
            _ when turn.IsTold => new(turn.ReplayId, turn.LetterId, "sent", null, null),
            _ => new(turn.ReplayId, turn.LetterId, "decided", Fates.HandedOver, "its consumer tells nothing; should it fail, it is back here"),
        };
    }
}

/// <summary>What becomes of replayed letters.</summary>
internal static class Fates
{
    public const string DeadAgain = "dead_again";
    public const string HandedOver = "handed_over";
    public const string Left = "left";
}
