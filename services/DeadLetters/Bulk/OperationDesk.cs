using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Audit;
using Pipeline.DeadLetters.Search;
using Pipeline.Hosting;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>
/// Takes orders for many letters, and says beforehand what they would do. An order claims its letters in the transaction that keeps it:
/// no letter is ever in two operations that run, so the same click twice is one replay.
/// </summary>
public sealed class OperationDesk(NpgsqlDataSource database, LetterRetention retention, WakeUp wake, TimeProvider time)
{
    private const int Samples = 5;

    /// <summary>In seconds. Who orders something for ten million letters waits until they are claimed; nothing is sent before.</summary>
    private const int LongestClaim = 600;

    private const string Replayable = "(l.exchange <> '' or l.routing_key <> '' or $2)";

    private const string InTime = "coalesce(l.observed_at, l.first_seen), l.first_seen, l.id";

    /// <summary>
    /// The letters first, and then each by its key: of letters that have just come in the planner knows no number, and joined freely each
    /// was compared with each (10,000 took 25 seconds). Locked in the order of their ids, as letters that come in are stored, so that
    /// neither waits for the other.
    /// </summary>
    private const string Claimed =
        $"""
        with picked as materialized (
            select l.id from {SearchSql.From} where /*which*/ and /*able*/ order by {InTime} limit $1),
        claimed as materialized (
            select l.* from (select id from picked order by id) p cross join lateral (
                select l.id, l.observed_at, l.first_seen, l.exchange, l.source_queue from letters l where l.id = p.id and /*able*/ for update) l)
        """;

    private static readonly string ToReplay = Claimed.Replace("/*able*/", $"l.state = 'open' and {Replayable}") +
        $"""
        insert into operation_letters (operation_id, position, letter_id, decider, is_told, body)
        select $3, row_number() over (order by {InTime}), l.id, {Order.DeciderSql}, exchange = any($5), $6
        from (select id, observed_at, first_seen, coalesce($4, exchange) exchange, source_queue from claimed) l
        """;

    private const string Replaying =
        """
        update letters l set state = 'replaying', operation_id = $1, fate = null, fate_detail = null, changed_at = clock_timestamp()
        from operation_letters o where o.operation_id = $1 and l.id = o.letter_id
        """;

    /// <summary>Lays letters aside or takes them back; what is deleted after its time is not to be had back.</summary>
    private static readonly string ToMove = Claimed.Replace("/*able*/", "l.state = $2 and (l.state = 'open' or l.purge_at is not null)") +
        $"""
        insert into operation_letters (operation_id, position, letter_id, is_told, state, fate, decided_at)
        select $3, row_number() over (order by {InTime}), l.id, false, 'decided', $4, clock_timestamp() from claimed l
        """;

    private const string Moved =
        """
        update letters l set state = $2, operation_id = $1, changed_at = clock_timestamp(), purge_at = clock_timestamp() + $3
        from operation_letters o where o.operation_id = $1 and l.id = o.letter_id
        """;

    /// <summary>What the order would do now.</summary>
    /// <param name="dryRun">Whether every body is repaired and checked as it would be sent.</param>
    public async Task<OperationPreview> PreviewAsync(Order order, bool dryRun, CancellationToken cancellation)
    {
        var (matching, able) = (0L, 0L);
        var (unable, reasons, sources) = (new Dictionary<string, long>(), new Dictionary<string, long>(), new Dictionary<string, long>());
        var which = Which.Of(order, first: 3);
        await using (var command = which.On(database.CreateCommand(
            $"""
            select l.reason, coalesce(l.source, '(unknown)'), case when l.state <> $1 then l.state when not (l.exchange <> '' or l.routing_key <> '' or $2) then 'without_origin' when l.state = 'discarded' and l.purge_at is null then 'purged' else '' end, count(*)
            from {SearchSql.From} where {which.Condition} group by 1, 2, 3
            """), order.ActsOn, order.Exchange is not null || order.Kind != Order.Replay))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation))
            {
                var (state, count) = (rows.GetString(2), rows.GetInt64(3));
                matching += count;
                if (state.Length > 0)
                {
                    unable[state] = unable.GetValueOrDefault(state) + count;
                    continue;
                }

                able += count;
                reasons[rows.GetString(0)] = reasons.GetValueOrDefault(rows.GetString(0)) + count;
                sources[rows.GetString(1)] = sources.GetValueOrDefault(rows.GetString(1)) + count;
            }

        var (samples, invalid) = order.Kind == Order.Replay ? await TriedAsync(order, dryRun, cancellation) : ([], new Dictionary<string, long>());
        able = Math.Min(able, order.Most ?? able);
        return new OperationPreview(matching, able, unable, reasons, sources, order.Kind == Order.Replay ? able / order.Pace : 0, samples, invalid);
    }

    /// <summary>Keeps the order and claims its letters, or says why not.</summary>
    /// <param name="idempotencyKey">The same key again is the same operation.</param>
    /// <returns>The operation; or what is in the way.</returns>
    public async Task<(Guid? Operation, string? Refused)> MakeAsync(Order order, string? idempotencyKey, string actor, string role, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('dead-letters operations'))", connection, transaction)) await one.ExecuteNonQueryAsync(cancellation);
        if (idempotencyKey is not null && await ExistingAsync(connection, transaction, idempotencyKey, cancellation) is { } existing) return (existing, null);

        if (await TakeAsync(connection, transaction, order, idempotencyKey, rule: null, actor, role, cancellation) is not { } id) return (null, await WhyNoneAsync(order, cancellation));
        await transaction.CommitAsync("operation", cancellation);
        wake.Raise();
        return (id, null);
    }

    /// <summary>Keeps an order of a rule and claims its letters, in the caller's transaction, which has the rule.</summary>
    /// <returns>The operation; null where there is no letter for it, and then the transaction is not to be committed.</returns>
    public Task<Guid?> MakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Order order, Guid rule, string name, CancellationToken cancellation) =>
        TakeAsync(connection, transaction, order, idempotencyKey: null, rule, $"rule {name}", "rule", cancellation);

    private async Task<Guid?> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Order order, string? idempotencyKey, Guid? rule, string actor, string role, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await KeepAsync(connection, transaction, id, order, idempotencyKey, rule, cancellation);
        var letters = await ClaimAsync(connection, transaction, id, order, cancellation);
        if (letters == 0) return null;
        await using (var count = new NpgsqlCommand(
            "update operations set letters = $2, state = case when kind = 'replay' then 'running' else 'done' end, ended_at = case when kind = 'replay' then null else clock_timestamp() end where id = $1", connection, transaction))
        {
            count.Parameters.Add(new() { Value = id });
            count.Parameters.Add(new() { Value = letters });
            await count.ExecuteNonQueryAsync(cancellation);
        }

        await AuditTrail.AddAsync(connection, transaction, new(actor, role, order.Kind, $"operation {id}", $"{letters} letters; {order.Query ?? "named"}; {order.Reason}", "taken"), cancellation);
        return id;
    }

    private static async Task<Guid?> ExistingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id from operations where idempotency_key = $1", connection, transaction) { Parameters = { new() { Value = key } } };
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    private static async Task KeepAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, Order order, string? key, Guid? rule, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into operations (id, idempotency_key, kind, state, author, reason, query, pace, ramp, stop_at, exchange, routing_key, repair, rule_id, letters)
            values ($1, $2, $3, 'running', $4, $5, $6, $7, $8, $9, $10, $11, $12::json, $13::uuid, 0)
            """, connection, transaction);
        object?[] values =
        [
            id, key, order.Kind, order.Author, order.Reason, order.Query, order.Pace, order.Ramp, order.StopAt, order.Exchange, order.Exchange is null ? null : order.RoutingKey,
            order.Steps is { } steps ? JsonSerializer.Serialize(steps, PipelineJson.Wire.IReadOnlyListRepairStep) : null, rule?.ToString(),
        ];
        foreach (var value in values) command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Two statements: in one, the second would not see what the first has kept, and would have to join its words.</summary>
    private async Task<long> ClaimAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, Order order, CancellationToken cancellation)
    {
        var most = new Which.Nullable(order.Most, NpgsqlDbType.Bigint);
        if (order.Kind != Order.Replay)
        {
            var (to, kept, fate) = order.Kind == Order.Discard ? ("discarded", (TimeSpan?)retention.Kept, "discarded") : ("open", null, "restored");
            var moved = await KeepLettersAsync(ToMove, order, 5, [most, order.ActsOn, id, fate]);
            await ChangeAsync(Moved, [id, to, new Which.Nullable(kept, NpgsqlDbType.Interval)]);
            return moved;
        }

        var claimed = await KeepLettersAsync(
            ToReplay, order, 7, [most, order.Exchange is not null, id, new Which.Nullable(order.Exchange, NpgsqlDbType.Text), Order.Telling, new Which.Nullable(order.Body, NpgsqlDbType.Bytea)]);
        await ChangeAsync(Replaying, [id]);
        return claimed;

        async Task<long> KeepLettersAsync(string sql, Order order, int first, object[] own)
        {
            var which = Which.Of(order, first);
            await using var keep = which.On(new NpgsqlCommand(sql.Replace("/*which*/", which.Condition), connection, transaction) { CommandTimeout = LongestClaim }, own);
            return await keep.ExecuteNonQueryAsync(cancellation);
        }

        async Task ChangeAsync(string sql, object[] own)
        {
            await using var change = Which.Fill(new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = LongestClaim }, own);
            await change.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task<string> WhyNoneAsync(Order order, CancellationToken cancellation)
    {
        var preview = await PreviewAsync(order, dryRun: false, cancellation);
        if (preview.Matching == 0) return "No letter is meant by this.";
        var words = preview.Unable.Select(unable => $"{unable.Value} {unable.Key switch
        {
            "replaying" => "are being replayed already: see `pipeline operations list`",
            "settled" => "are settled by an earlier replay",
            "discarded" => "are discarded: restore them first",
            "open" => "are not discarded",
            "purged" => "were deleted after their retention",
            "without_origin" => "are no messages that can be sent anywhere: say where to",
            _ => unable.Key,
        }}");
        return $"Nothing is left to {order.Kind}: of {preview.Matching}, {string.Join(", ", words)}.";
    }

    private async Task<(IReadOnlyList<RepairSample> Samples, IReadOnlyDictionary<string, long> StillInvalid)> TriedAsync(Order order, bool all, CancellationToken cancellation)
    {
        var which = Which.Of(order, first: 3);
        await using var command = which.On(database.CreateCommand(
            $"select l.id, l.body, l.exchange from {SearchSql.From} where {which.Condition} and l.state = $1 order by coalesce(l.observed_at, l.first_seen), l.first_seen, l.id limit $2"), order.ActsOn, all ? int.MaxValue : Samples);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (samples, invalid) = (new List<RepairSample>(), new Dictionary<string, long>());
        while (await rows.ReadAsync(cancellation))
        {
            var (body, exchange) = (rows.GetFieldValue<byte[]>(1), order.Exchange ?? rows.GetString(2));
            var (after, misfit) = order.Body is { } edited ? (Repair.Edited(body, edited, exchange), null) : order.Repair is { } repair ? repair.Apply(body, exchange) : (body, null);
            var refusal = after is null ? null : Repair.Refused(after, exchange);
            if (all && (misfit is not null || refusal is not null)) invalid[refusal?.Reason.Code ?? "repair_does_not_fit"] = invalid.GetValueOrDefault(refusal?.Reason.Code ?? "repair_does_not_fit") + 1;
            if (samples.Count < Samples) samples.Add(new RepairSample(rows.GetGuid(0), Shown(body), after is null ? null : Shown(after), misfit ?? refusal?.Sentence));
        }

        return (samples, invalid);
    }

    private static string Shown(byte[] body) => System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 16 * 1024)));
}
