using System.Text.Json;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>A replay that runs, held by whoever has read it until the transaction ends.</summary>
internal sealed record RunningReplay(Guid Id, double Pace, bool Ramp, double StopAt, string? Exchange, string? RoutingKey, Repair? Repair, long Sent, long Waiting, long Undecided, long DeadAgain)
{
    public long Decided => Sent - Undecided;

    /// <returns>Null where it does not run, or somebody else has it.</returns>
    public static async Task<RunningReplay?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select pace, ramp, stop_at, exchange, routing_key, repair::text, sent, letters - sent - left_alone, sent - accepted - parked - superseded - dead_again - handed_over - unknown, dead_again
            from operations where id = $1 and state = 'running' for update skip locked
            """, connection, transaction) { Parameters = { new() { Value = id } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        var steps = row.TextOrNull(5) is { } written ? JsonSerializer.Deserialize(written, PipelineJson.Wire.IReadOnlyListRepairStep) : null;
        return new RunningReplay(
            id, row.GetDouble(0), row.GetBoolean(1), row.GetDouble(2), row.TextOrNull(3), row.TextOrNull(4), steps is null ? null : Bulk.Repair.Of(steps).Repair,
            row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9));
    }
}

/// <summary>A letter whose turn it is.</summary>
internal sealed record ReplayTurn(
    Guid ReplayId, Guid LetterId, bool IsTold, byte[]? Edited, string Exchange, string RoutingKey, string? Envelope, string? MessageId, string? TraceParent, byte[] Body)
{
    /// <summary>The next in order; fewer than asked for where their bodies are large.</summary>
    public static async Task<IReadOnlyList<ReplayTurn>> NextAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid operation, int most, long mostBytes, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            with turn as (select * from operation_letters where operation_id = $1 and state = 'waiting' order by position limit $2),
                weighed as (select t.*, l.exchange, l.routing_key, l.envelope::text envelope, l.message_id, l.trace_parent, l.body original, sum(length(l.body)) over (order by t.position) - length(l.body) before
                    from turn t join letters l on l.id = t.letter_id)
            select replay_id, letter_id, is_told, body, exchange, routing_key, envelope, message_id, trace_parent, original from weighed where before <= $3 order by position
            """, connection, transaction) { Parameters = { new() { Value = operation }, new() { Value = most }, new() { Value = mostBytes } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var turns = new List<ReplayTurn>();
        while (await rows.ReadAsync(cancellation))
            turns.Add(new ReplayTurn(
                rows.GetGuid(0), rows.GetGuid(1), rows.GetBoolean(2), rows.IsDBNull(3) ? null : rows.GetFieldValue<byte[]>(3), rows.GetString(4), rows.GetString(5), rows.TextOrNull(6), rows.TextOrNull(7), rows.TextOrNull(8), rows.GetFieldValue<byte[]>(9)));
        return turns;
    }

    /// <summary>The message to send; null where the repair does not fit it, which <paramref name="misfit"/> explains.</summary>
    public ReplayMessage? Message(RunningReplay replay, out string? misfit)
    {
        var (exchange, routingKey) = replay.Exchange is { } redirected ? (redirected, replay.RoutingKey ?? "") : (Exchange, RoutingKey);
        byte[]? body;
        (body, misfit) = Edited is { } edited ? (Repair.Edited(Body, edited, exchange), null) : replay.Repair is { } repair ? repair.Apply(Body, exchange) : (Body, null);
        return body is null ? null : ReplayMessage.Of(ReplayId, LetterId, exchange, routingKey, Envelope, MessageId, TraceParent, body);
    }
}
