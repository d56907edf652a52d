using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>What is in under one account: how much of each kind, and the newest. No account, however large, is read further than to its bound.</summary>
internal static class AccountObjectsQuery
{
    private const int Bound = 20_000;

    public static readonly string Kinds =
        $"select source, object_type, count(*), max(accepted_at) from (select source, object_type, accepted_at from objects where account_key = $1 and not deleted limit {Bound}) o group by 1, 2 order by 3 desc, 1, 2";

    public static readonly string Newest =
        $"""
        select source, object_type, native_id, observed_at, accepted_at, claim_kind, coalesce(claim_system, ''), claim_value, extract(epoch from waited)::float8
        from (select * from objects where account_key = $1 and not deleted limit {Bound}) o order by accepted_at desc, object_key limit $2
        """;

    public static async Task<AccountObjectsReport> ReadAsync(NpgsqlDataSource database, AccountId account, int limit, CancellationToken cancellation)
    {
        var key = ClaimKey.Of(account).Id;
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Kinds) { Parameters = { new() { Value = key } } });
        batch.BatchCommands.Add(new(Newest) { Parameters = { new() { Value = key }, new() { Value = limit } } });
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var kinds = new List<AccountObjectKind>();
        while (await rows.ReadAsync(cancellation)) kinds.Add(new(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetFieldValue<DateTimeOffset>(3)));
        await rows.NextResultAsync(cancellation);
        var newest = new List<AccountObject>();
        while (await rows.ReadAsync(cancellation))
            newest.Add(new(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4),
                DeadLetter.Text(new ClaimKey(ClaimNames.Find(rows.GetString(5)) ?? ClaimKind.AccountId, rows.GetString(6), rows.GetString(7)).ToClaim()), rows.IsDBNull(8) ? null : rows.GetDouble(8)));
        return new(account.Text, kinds, newest, kinds.Sum(kind => kind.Objects) < Bound);
    }
}
