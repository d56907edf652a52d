using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Audit;
using Pipeline.Hosting;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>Operations, how far they are, and what became of each of their letters; and how they are paused, go on and end.</summary>
public sealed class OperationQuery(NpgsqlDataSource database, WakeUp wake)
{
    private const string Columns =
        """
        id, kind, state, author, reason, query, pace, ramp, stop_at, exchange, routing_key, repair is not null, letters, sent, accepted, parked, superseded, dead_again, handed_over, unknown, left_alone,
        asked_at, ended_at, why
        """;

    /// <summary>Those that run first, then the newest.</summary>
    public async Task<IReadOnlyList<OperationReport>> ListAsync(int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from operations order by (state in ('running', 'paused')) desc, asked_at desc, id limit $1");
        command.Parameters.Add(new() { Value = limit });
        return await ReadAsync(command, cancellation);
    }

    public async Task<OperationReport?> ShowAsync(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns} from operations where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    /// <summary>The letters of an operation in the order in which they are sent.</summary>
    /// <param name="fate">Only those of this fate or state; null for all.</param>
    /// <param name="after">The position that the page before ended with.</param>
    /// <param name="sources">The only sources that whoever asks may see; null for all.</param>
    public async Task<OperationLetterPage> LettersAsync(Guid id, string? fate, long after, int limit, IReadOnlyList<string>? sources, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select i.position, i.letter_id, l.source, l.object_type, l.native_id, i.state, i.fate, i.detail, i.sent_at, i.decided_at
            from operation_letters i join letters l on l.id = i.letter_id
            where i.operation_id = $1 and i.position > $2 and ($3::text is null or i.fate = $3 or (i.fate is null and i.state = $3)) and ($5::text[] is null or l.source = any($5)) order by i.position limit $4
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = (object?)fate ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = limit + 1 });
        command.Parameters.Add(Bound(sources));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var letters = new List<OperationLetter>();
        while (await rows.ReadAsync(cancellation))
            letters.Add(new OperationLetter(rows.GetInt64(0), rows.GetGuid(1), rows.TextOrNull(2), rows.TextOrNull(3), rows.TextOrNull(4), rows.GetString(5), rows.TextOrNull(6), rows.TextOrNull(7), rows.TimeOrNull(8), rows.TimeOrNull(9)));
        var hasMore = letters.Count > limit;
        if (hasMore) letters.RemoveAt(limit);
        return new OperationLetterPage(letters, hasMore ? letters[^1].Position : null);
    }

    /// <summary>Pauses, resumes or cancels. What is cancelled leaves the letters open that were not sent yet.</summary>
    /// <returns>Why not; null where it is done.</returns>
    public async Task<string?> SteerAsync(Guid id, string how, Caller caller, string? reason, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        string? state;
        await using (var look = new NpgsqlCommand("select state from operations where id = $1 for update", connection, transaction) { Parameters = { new() { Value = id } } })
            state = await look.ExecuteScalarAsync(cancellation) as string;
        if (state is null) return $"There is no operation {id}.";
        var (next, refused) = (how, state) switch
        {
            ("pause", "running") => ("paused", null),
            ("resume", "paused" or "stopped") => ("running", null),
            ("cancel", "running" or "paused" or "stopped") => ("cancelled", null),
            _ => (state, $"The operation is {state}; there is nothing to {how}."),
        };
        if (refused is not null) return refused;
        if (caller.Sources is { } sources && await HasOthersAsync(connection, transaction, id, sources, cancellation)) return "It has letters of sources that your role is not for.";
        if (how == "cancel") await LeaveAsync(connection, transaction, id, "the operation was cancelled", cancellation);
        await using (var command = new NpgsqlCommand("update operations set state = $2, why = $3, ended_at = case when $2 = 'cancelled' then clock_timestamp() end where id = $1", connection, transaction))
        {
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = next });
            command.Parameters.Add(new() { Value = how == "resume" ? DBNull.Value : $"{how}d by {caller.Name}{(reason is null ? "" : $": {reason}")}".Replace("canceld", "cancelled"), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await AuditTrail.AddAsync(connection, transaction, new(caller.Name, caller.RoleName, how, $"operation {id}", reason, "done"), cancellation);
        await transaction.CommitAsync(cancellation);
        wake.Raise();
        return null;
    }

    private static async Task<bool> HasOthersAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from operation_letters i join letters l on l.id = i.letter_id where i.operation_id = $1 and (l.source is null or l.source <> all($2)))", connection, transaction) { Parameters = { new() { Value = id }, Bound(sources) } };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static NpgsqlParameter Bound(IReadOnlyList<string>? sources) => new() { Value = (object?)sources?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text };

    /// <summary>Leaves alone what is not sent yet: its letters are open again.</summary>
    private static async Task LeaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, string why, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            with gone as (
                update operation_letters set state = 'left', fate = 'left', detail = $2, decided_at = clock_timestamp() where operation_id = $1 and state = 'waiting' returning letter_id),
            open as (update letters l set state = 'open', fate = 'left', changed_at = clock_timestamp() from gone where l.id = gone.letter_id and l.operation_id = $1 and l.state = 'replaying')
            update operations set left_alone = left_alone + (select count(*) from gone) where id = $1
            """, connection, transaction) { Parameters = { new() { Value = id }, new() { Value = why } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<OperationReport>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var operations = new List<OperationReport>();
        while (await rows.ReadAsync(cancellation)) operations.Add(Report(rows));
        return operations;
    }

    private static OperationReport Report(NpgsqlDataReader rows)
    {
        var (state, pace, letters, sent) = (rows.GetString(2), rows.GetDouble(6), rows.GetInt64(12), rows.GetInt64(13));
        var fates = new Dictionary<string, long>
        {
            ["accepted"] = rows.GetInt64(14),
            ["parked"] = rows.GetInt64(15),
            ["superseded"] = rows.GetInt64(16),
            ["dead_again"] = rows.GetInt64(17),
            ["handed_over"] = rows.GetInt64(18),
            ["unknown"] = rows.GetInt64(19),
            ["left"] = rows.GetInt64(20),
        };
        var isReplay = rows.GetString(1) == Order.Replay;
        var waiting = isReplay ? letters - sent - fates["left"] : 0;
        var undecided = sent - fates.Where(fate => fate.Key != "left").Sum(fate => fate.Value);
        return new OperationReport(
            rows.GetGuid(0), rows.GetString(1), state, rows.GetString(3), rows.GetString(4), rows.TextOrNull(5), pace, rows.GetBoolean(7), rows.GetDouble(8), rows.TextOrNull(9), rows.TextOrNull(10), rows.GetBoolean(11),
            letters, sent, waiting, undecided, fates, rows.GetFieldValue<DateTimeOffset>(21), rows.TimeOrNull(22), state == "running" ? waiting / pace : null, rows.TextOrNull(23));
    }
}
