using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Events;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>Tells of one object where its versions are, which claim decided, and what is known of that claim now.</summary>
internal static class WhyQuery
{
    private const string Places =
        """
        select observed_at, 'accepted', claim_kind, coalesce(claim_system, ''), claim_value, account_id, accepted_at, null::timestamptz, message_id, trace_parent, body from objects where object_key = $1
        union all
        select observed_at, 'accepted', claim_kind, coalesce(claim_system, ''), claim_value, account_id, accepted_at, null, message_id, trace_parent, body from events where object_key = $1 and observed_at = $2
        union all
        select observed_at, 'parked', claim_kind, coalesce(claim_system, ''), claim_value, why, parked_at, deadline, message_id, trace_parent, body from parked where object_key = $1
        union all
        select observed_at, 'dead_lettered', claim_kind, coalesce(claim_system, ''), claim_value, reason || ': ' || detail, died_at, null, null, trace_parent, null::bytea from dead where object_key = $1
        union all
        select observed_at, 'overtaken', null, null, null, 'a newer version with another claim is in; this one is back if that must leave', observed_at, null, message_id, trace_parent, body from overtaken where object_key = $1
        order by 1 desc, 2
        """;

    /// <param name="at">Of a usage event, its own time: it is part of what it is known by.</param>
    public static async Task<WhyReport?> ReadAsync(
        NpgsqlDataSource database, ChildKinds kinds, string source, string objectType, string nativeId, DateTimeOffset? at, CancellationToken cancellation)
    {
        var isEvent = kinds.Events.Include(objectType);
        if (isEvent && at is null) return new WhyReport(source, objectType, nativeId, "It is a usage event, and those are found by their time as well: add --at and its observed_at, as in --at 2026-11-24T09:30:00Z.", [], [], []);
        var places = new List<(WhyPlace Place, ClaimKey? Key, byte[]? Body)>();
        await using (var command = database.CreateCommand(Places))
        {
            command.Parameters.Add(new() { Value = Child.KeyOf(source, objectType, nativeId, isEvent ? at : null) });
            command.Parameters.Add(new() { Value = isEvent ? at!.Value.ToUniversalTime() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation)) places.Add(Place(rows));
        }

        if (places.Count == 0) return null;
        var claims = places[0].Body is { } body ? await WhyClaims.OfAsync(database, kinds, body, cancellation) : [];
        var (newest, key, _) = places[0];
        var near = newest.Place != "accepted" && key is { } waitsFor ? (await NearMissQuery.OfAsync(database, [waitsFor], cancellation))[0] : [];
        var isOutOfView = newest.Place == "accepted" && await IsOutOfViewAsync(database, newest.Detail, cancellation);
        return new WhyReport(source, objectType, nativeId, isOutOfView ? OutOfView(newest) : Sentence(newest, claims), [.. places.Select(place => place.Place)], claims, near);
    }

    private static async Task<bool> IsOutOfViewAsync(NpgsqlDataSource database, string accountId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select standing <> 'admitted' from accounts where account_key = $1");
        command.Parameters.Add(new() { Value = ClaimKey.Of(AccountId.Of(accountId)).Id });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static string OutOfView(WhyPlace newest) => $"It is kept under account {newest.Detail}, which is not in now: it is out of the view, and back as soon as the account is. See `pipeline accounts show`.";

    private static (WhyPlace, ClaimKey?, byte[]?) Place(NpgsqlDataReader rows)
    {
        ClaimKey? key = rows.IsDBNull(2) ? null : new ClaimKey(ClaimNames.Find(rows.GetString(2)) ?? ClaimKind.AccountId, rows.GetString(3), rows.GetString(4));
        var place = rows.GetString(1);
        var detail = key is { } known && place == "parked" ? $"waits for {DeadLetter.Text(known.ToClaim())} ({rows.GetString(5)})" : rows.GetString(5);
        return (new WhyPlace(
            rows.GetFieldValue<DateTimeOffset>(0), place, detail, rows.GetFieldValue<DateTimeOffset>(6), rows.TimeOrNull(7),
            rows.TextOrNull(8), TraceId(rows.TextOrNull(9))), key, rows.IsDBNull(10) ? null : rows.GetFieldValue<byte[]>(10));
    }

    private static string Sentence(WhyPlace newest, IReadOnlyList<WhyClaim> claims) => newest.Place switch
    {
        "accepted" => $"It is in, under account {newest.Detail}.",
        "parked" => $"It {newest.Detail}: {claims.FirstOrDefault(claim => claim.Decides)?.Answer ?? "nothing is known of it"}. It is let in as soon as that account is admitted, and given up at {newest.Deadline:u} otherwise.",
        _ => $"It was given up: {newest.Detail}",
    };

    private static string? TraceId(string? traceParent) => ActivityContext.TryParse(traceParent, null, out var context) ? context.TraceId.ToString() : null;
}
