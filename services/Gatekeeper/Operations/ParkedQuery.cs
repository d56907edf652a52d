using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>The board of missing keys: those that objects wait for, or have waited for in vain, the most wanted first.</summary>
internal static class ParkedQuery
{
    /// <summary>Keys among which those with a near miss are looked for; who has more, begins with the most wanted.</summary>
    private const int MostLookedAt = 10_000;

    /// <summary>Ranked from the indexes alone; only of the keys that are listed is more read.</summary>
    public const string Ranked =
        """
        with waiting as (select waits_for, count(*) objects, min(parked_at) oldest from parked group by waits_for),
            given_up as (select waits_for, count(*) objects from dead where waits_for is not null group by waits_for),
            ranked as (
                select waits_for, coalesce(w.objects, 0) objects, coalesce(g.objects, 0) dead, w.oldest
                from waiting w full join given_up g using (waits_for) order by 2 desc, 3 desc, 1 limit $1)
        select waits_for, objects, dead, coalesce(extract(epoch from clock_timestamp() - oldest), 0)::float8
        from ranked order by objects desc, dead desc, waits_for
        """;

    public const string Details =
        """
        select n.place, coalesce(p.claim_kind, d.claim_kind), coalesce(p.claim_system, d.claim_system, ''), coalesce(p.claim_value, d.claim_value), a.standing,
            array(select distinct why from parked where waits_for = n.waits_for order by 1), array(select distinct source from parked where waits_for = n.waits_for
                union select source from dead where waits_for = n.waits_for order by 1)
        from unnest($1) with ordinality n (waits_for, place)
        left join lateral (select claim_kind, claim_system, claim_value from parked where waits_for = n.waits_for limit 1) p on true
        left join lateral (select claim_kind, claim_system, claim_value from dead where waits_for = n.waits_for limit 1) d on true
        left join accounts a on a.account_key = n.waits_for
        order by n.place
        """;

    /// <param name="near">Only keys that a near miss or a null-like word explains.</param>
    public static async Task<IReadOnlyList<ParkedLine>> ReadAsync(NpgsqlDataSource database, int limit, bool near, CancellationToken cancellation)
    {
        var keys = await RankedAsync(database, near ? MostLookedAt : limit, cancellation);
        if (keys.Count == 0) return [];
        var lines = await DescribedAsync(database, keys, cancellation);
        var nearMisses = await NearMissQuery.OfAsync(database, [.. lines.Select(line => line.Key)], cancellation);
        return [.. lines.Select((line, index) => line.Line with { NearMisses = nearMisses[index] }).Where(line => !near || line.IsNullWord || line.NearMisses.Count > 0).Take(limit)];
    }

    private static async Task<IReadOnlyList<Wanted>> RankedAsync(NpgsqlDataSource database, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Ranked);
        command.Parameters.Add(new() { Value = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var keys = new List<Wanted>();
        while (await rows.ReadAsync(cancellation)) keys.Add(new Wanted(rows.GetGuid(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetDouble(3)));
        return keys;
    }

    private static async Task<IReadOnlyList<(ClaimKey Key, ParkedLine Line)>> DescribedAsync(NpgsqlDataSource database, IReadOnlyList<Wanted> keys, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Details);
        command.Parameters.Add(new() { Value = keys.Select(key => key.WaitsFor).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<(ClaimKey, ParkedLine)>();
        while (await rows.ReadAsync(cancellation))
        {
            if (rows.IsDBNull(1)) continue; // the last one came in meanwhile
            var wanted = keys[(int)rows.GetInt64(0) - 1];
            var key = new ClaimKey(ClaimNames.Find(rows.GetString(1)) ?? ClaimKind.AccountId, rows.GetString(2), rows.GetString(3));
            lines.Add((key, new ParkedLine(
                DeadLetter.Text(key.ToClaim()), rows.GetFieldValue<string[]>(5), rows.TextOrNull(4), wanted.Objects, wanted.Dead, wanted.OldestSeconds,
                rows.GetFieldValue<string[]>(6), NullWord.Is(key.Value), [])));
        }

        return lines;
    }

    private readonly record struct Wanted(Guid WaitsFor, long Objects, long Dead, double OldestSeconds);
}
