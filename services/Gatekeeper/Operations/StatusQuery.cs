using Npgsql;
using Pipeline.Contracts.Operations;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>Where the objects are now, by source and type.</summary>
internal static class StatusQuery
{
    private const string Figures =
        """
        select (select count(*) from parked),
               (select coalesce(extract(epoch from clock_timestamp() - min(parked_at)), 0)::float8 from parked),
               (select count(*) from releases),
               (select count(*) from objects where waited is not null) + (select coalesce(sum(released), 0)::bigint from event_counts)
        """;

    private const string Places =
        """
        select source, object_type, 'accepted', count(*) from objects group by 1, 2
        union all select source, object_type, 'accepted', sum(accepted)::bigint from event_counts group by 1, 2
        union all select source, object_type, 'parked', count(distinct object_key) from parked group by 1, 2
        union all select source, coalesce(object_type, '(unreadable)'), reason, count(*) from dead where stream = 'child-object-received' group by 1, 2, 3
        order by 1, 2
        """;

    public static async Task<GatekeeperStatus> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Figures));
        batch.BatchCommands.Add(new(Places));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var status = new GatekeeperStatus(rows.GetInt64(0), rows.GetDouble(1), rows.GetInt64(2), rows.GetInt64(3), []);
        await rows.NextResultAsync(cancellation);
        var places = new List<(string Source, string Type, string Place, long Count)>();
        while (await rows.ReadAsync(cancellation)) places.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3)));
        return status with { Objects = [.. places.GroupBy(place => (place.Source, place.Type)).Select(group => Line(group.Key, [.. group.Select(place => (place.Place, place.Count))]))] };
    }

    private static ObjectLine Line((string Source, string Type) key, IReadOnlyList<(string Place, long Count)> places) => new(
        key.Source, key.Type,
        places.Where(place => place.Place == "accepted").Sum(place => place.Count),
        places.Where(place => place.Place == "parked").Sum(place => place.Count),
        places.Where(place => place.Place is not ("accepted" or "parked")).ToDictionary(place => place.Place, place => place.Count));
}
