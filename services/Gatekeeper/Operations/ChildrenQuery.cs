using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>How many children accounts have and would have: those that are stored under each, and those that wait for it or for one of its ids in other systems.</summary>
internal static class ChildrenQuery
{
    public const string Stored =
        "select (select count(*) from objects o where o.account_key = a.account_key and not o.deleted) from unnest($1) with ordinality a (account_key, place) order by a.place";

    private const string Waiting =
        """
        select a.place, count(distinct p.object_key)
        from unnest($1, $2) a (claim_key, place) cross join lateral (select object_key from parked where waits_for = a.claim_key offset 0) p
        group by a.place
        """;

    public static async Task<IReadOnlyList<AccountChildren>> ReadAsync(NpgsqlDataSource database, IReadOnlyList<AccountKeys> accounts, CancellationToken cancellation)
    {
        var own = accounts.Select(account => ClaimKey.Of(AccountId.Of(account.AccountId)).Id).ToArray();
        var keys = accounts.SelectMany((account, place) => account.Links.Select(link => ClaimKey.Parent(link.System, link.NativeId).Id).Append(own[place]).Distinct().Select(key => (key, place))).ToList();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(ResultSets.With(Stored, own));
        batch.BatchCommands.Add(ResultSets.With(Waiting, keys.Select(key => key.key).ToArray(), keys.Select(key => key.place).ToArray()));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var stored = new List<long>();
        while (await rows.ReadAsync(cancellation)) stored.Add(rows.GetInt64(0));
        var waiting = new Dictionary<int, long>();
        await rows.EachAsync(row => waiting[row.GetInt32(0)] = row.GetInt64(1), cancellation);
        return [.. accounts.Select((account, place) => new AccountChildren(account.AccountId, stored[place], waiting.GetValueOrDefault(place)))];
    }
}
