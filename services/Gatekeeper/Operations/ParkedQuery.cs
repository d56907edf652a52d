using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>The keys that objects wait for, the most wanted first; the first thousand.</summary>
internal static class ParkedQuery
{
    private const string Sql =
        """
        select claim_kind, coalesce(claim_system, ''), claim_value, min(why), count(*), extract(epoch from clock_timestamp() - min(parked_at))::float8, array_agg(distinct source order by source)
        from parked group by waits_for, claim_kind, claim_system, claim_value order by count(*) desc, claim_value limit 1000
        """;

    public static async Task<IReadOnlyList<ParkedLine>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<ParkedLine>();
        while (await rows.ReadAsync(cancellation))
        {
            var key = new ClaimKey(ClaimNames.Find(rows.GetString(0)) ?? ClaimKind.AccountId, rows.GetString(1), rows.GetString(2));
            lines.Add(new ParkedLine(DeadLetter.Text(key.ToClaim()), rows.GetString(3), rows.GetInt64(4), rows.GetDouble(5), rows.GetFieldValue<string[]>(6)));
        }

        return lines;
    }
}
