using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.NearMisses;

/// <summary>Finds what is near to a set of keys: one round trip, by indexes alone, however many keys are known.</summary>
internal static class NearMissQuery
{
    /// <summary>Spellings of one fold that are looked at; more only hostile data have.</summary>
    private const int MostAlike = 50;

    public static readonly string Known =
        $$"""
        select n.place, 'account_id', '', s.account_id, s.account_id, a.standing
        from unnest($1) with ordinality n (fold_key, place)
        cross join lateral (select account_key, account_id from account_spellings where fold_key = n.fold_key and decided limit {{MostAlike}}) s
        left join accounts a using (account_key)
        union all
        select n.place, b.kind, b.system, b.value, b.account_id, a.standing
        from unnest($1) with ordinality n (fold_key, place)
        cross join lateral (select * from bindings where fold_key = n.fold_key limit {{MostAlike}}) b
        left join accounts a using (account_key)
        union all
        select n.place, 'user_id', '', u.user_id, u.account_id, a.standing
        from unnest($1) with ordinality n (fold_key, place)
        cross join lateral (select * from user_links where fold_key = n.fold_key and account_key is not null limit {{MostAlike}}) u
        left join accounts a using (account_key)
        """;

    /// <summary>
    /// Who writes the value for which objects wait: their own source, or, where they were led to the account by another key, that of the record
    /// which led them. Its correction would free them.
    /// </summary>
    public const string Waiting =
        """
        select n.place, coalesce(led.source, p.source), sum(p.objects)::bigint
        from unnest($1) with ordinality n (claim_key, place)
        cross join lateral (select claim_key, source, count(*) objects from parked where waits_for = n.claim_key group by 1, 2) p
        left join lateral (
            select source from bindings where claim_key = p.claim_key and account_key = n.claim_key and p.claim_key <> n.claim_key
            union all
            select source from user_links where claim_key = p.claim_key and account_key = n.claim_key and p.claim_key <> n.claim_key limit 1) led on true
        where coalesce(led.source, p.source) <> ''
        group by 1, 2
        """;

    private const string Standings = "select account_key from accounts where account_key = any($1)";

    /// <returns>For each key, in their order, what is near to it.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<NearMissLine>>> OfAsync(NpgsqlDataSource database, IReadOnlyList<ClaimKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0) return [];
        var ids = keys.Select(key => key.Id).ToArray();
        await using var batch = database.CreateBatch();
        foreach (var command in new[] { new NpgsqlBatchCommand("select 1"), ResultSets.With(Known, keys.Select(SpellingKey.Of).ToArray()), ResultSets.With(Waiting, ids), ResultSets.With(Standings, ids) })
            batch.BatchCommands.Add(command);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var (known, waiting, accounts) = (new List<(long Place, KnownSpelling Spelling)>(), new List<(long Place, WaitingSource Source)>(), new HashSet<Guid>());
        await rows.EachAsync(row => known.Add((row.GetInt64(0), Spelling(row))), cancellation);
        await rows.EachAsync(row => waiting.Add((row.GetInt64(0), new WaitingSource(row.GetString(1), row.GetInt64(2)))), cancellation);
        await rows.EachAsync(row => accounts.Add(row.GetGuid(0)), cancellation);
        var (knownOf, waitingOf) = (known.ToLookup(row => row.Place, row => row.Spelling), waiting.ToLookup(row => row.Place, row => row.Source));
        return [.. keys.Select((key, index) => Suggestion.Of(key, key.Kind == ClaimKind.AccountId && accounts.Contains(key.Id), knownOf[index + 1], [.. waitingOf[index + 1]]))];
    }

    private static KnownSpelling Spelling(NpgsqlDataReader row) => new(
        new ClaimKey(ClaimNames.Find(row.GetString(1)) ?? ClaimKind.AccountId, row.GetString(2), row.GetString(3)), AccountId.Of(row.GetString(4)),
        row.IsDBNull(5) ? null : Enum.Parse<Standing>(row.GetString(5), ignoreCase: true));
}
