using Npgsql;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Events;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>Takes parked rows up again, locked until the end of the transaction, oldest first.</summary>
internal static class ParkedRows
{
    private const string Columns = "waits_for, body, message_id, trace_parent, parked_at, deadline, object_key";

    /// <summary>A page of those that wait for any of some keys, after the last row of the page before.</summary>
    public const string WaitingFor =
        $"select {Columns} from parked where waits_for = any($1) and (parked_at, object_key) > ($2, $3) order by parked_at, object_key limit $4 for update";

    /// <summary>Those whose time is up. Rows that somebody else has in hand are left for the next round.</summary>
    public const string Overdue =
        $"select {Columns} from parked where deadline <= clock_timestamp() order by deadline limit $1 for update skip locked";

    /// <summary>Passes the gate before it locks a row: in the other order it could wait for a batch that waits for it.</summary>
    public static async Task<IReadOnlyList<ParkedRow>> ReadAsync(NpgsqlCommand command, UsageEvents events, CancellationToken cancellation)
    {
        await using (var gate = new NpgsqlCommand(GateLock.Shared, command.Connection, command.Transaction)) await gate.ExecuteNonQueryAsync(cancellation);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var parked = new List<ParkedRow>();
        while (await rows.ReadAsync(cancellation))
        {
            var body = rows.GetFieldValue<byte[]>(1);
            if (!Child.Read(body, rows.IsDBNull(2) ? null : rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetString(3), events).Succeeded(out var child, out var refusal))
                throw new InvalidOperationException($"A parked body can no longer be read: {refusal.Sentence}");
            parked.Add(new ParkedRow(child, rows.GetGuid(0), new ParkedSince(rows.GetFieldValue<DateTimeOffset>(4), rows.GetFieldValue<DateTimeOffset>(5))));
        }

        return parked;
    }
}
