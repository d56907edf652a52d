using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Ledger;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>Looks for what a publisher has published, by id and version, wherever a version can be.</summary>
internal static class AgainstQuery
{
    private const string Versions =
        """
        select n.place, 'accepted', o.observed_at from unnest($1) with ordinality n (object_key, place) join objects o using (object_key)
        union all select n.place, 'parked', p.observed_at from unnest($1) with ordinality n (object_key, place) join parked p using (object_key)
        union all select n.place, 'dead_lettered', d.observed_at from unnest($1) with ordinality n (object_key, place) join dead d using (object_key)
        union all select n.place, 'superseded', v.observed_at from unnest($1) with ordinality n (object_key, place) join overtaken v using (object_key)
        """;

    /// <summary>By their time as well, so that only the parts of their days are looked into.</summary>
    private const string Events =
        "select n.place, 'accepted', e.observed_at from unnest($1, $2) with ordinality n (object_key, observed_at, place) join events e on e.object_key = n.object_key and e.observed_at = n.observed_at";

    /// <returns>The place of each, in their order.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource database, ChildKinds kinds, IReadOnlyList<PublishedId> published, CancellationToken cancellation)
    {
        var isEvent = published.Select(id => kinds.Events.Include(id.ObjectType!)).ToList();
        var keys = published.Select((id, index) => Child.KeyOf(id.Source, id.ObjectType!, id.NativeId, isEvent[index] ? id.ObservedAt : null)).ToArray();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("select 1"));
        batch.BatchCommands.Add(ResultSets.With(Versions, keys));
        batch.BatchCommands.Add(ResultSets.With(Events, keys, published.Select((id, index) => isEvent[index] && id.ObservedAt is { } at ? at.ToUniversalTime() : DateTimeOffset.UnixEpoch).ToArray()));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var versions = new List<(long Place, FoundVersion Version)>();
        for (var answer = 0; answer < 2; answer++)
            await rows.EachAsync(row => versions.Add((row.GetInt64(0), new FoundVersion(row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2)))), cancellation);
        var byPlace = versions.ToLookup(row => row.Place, row => row.Version);
        return [.. published.Select((id, index) => FoundVersion.PlaceOf(id.ObservedAt, [.. byPlace[index + 1]]))];
    }
}
