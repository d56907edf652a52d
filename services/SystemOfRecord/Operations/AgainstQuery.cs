using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Ledger;
using Pipeline.Hosting.Storage;
using Pipeline.SystemOfRecord.Records;

namespace Pipeline.SystemOfRecord.Operations;

/// <summary>Looks for the account records that a publisher has published, by id and version.</summary>
internal static class AgainstQuery
{
    /// <summary>A record whose account_id cannot be used is kept all the same, and a dead letter beside it.</summary>
    private const string Versions = "select n.place, 'accepted', r.observed_at from unnest($1) with ordinality n (record_key, place) join records r using (record_key)";

    public static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource database, IReadOnlyList<PublishedId> published, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("select 1"));
        batch.BatchCommands.Add(ResultSets.With(Versions, published.Select(id => AccountRecord.KeyOf(id.Source, id.NativeId)).ToArray()));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var versions = new List<(long Place, FoundVersion Version)>();
        await rows.EachAsync(row => versions.Add((row.GetInt64(0), new FoundVersion(row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)))), cancellation);
        var byPlace = versions.ToLookup(row => row.Place, row => row.Version);
        return [.. published.Select((id, index) => FoundVersion.PlaceOf(id.ObservedAt, [.. byPlace[index + 1]]))];
    }
}
