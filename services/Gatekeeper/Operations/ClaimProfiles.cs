using Npgsql;
using Pipeline.Contracts.Operations;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>By which claim the objects of each source say whose they are, and how many found their account. Usage events are left out: they are counted only by type.</summary>
internal static class ClaimProfiles
{
    private const string Sql =
        """
        select source, object_type, claim_kind, count(*), count(*) filter (where tied)
        from (select source, object_type, claim_kind, true as tied from objects
              union all
              select distinct on (object_key) source, object_type, claim_kind, false from parked) claims
        group by 1, 2, 3 order by 1, 2, 4 desc, 3
        """;

    public static async Task<IReadOnlyList<ClaimProfile>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var profiles = new List<ClaimProfile>();
        while (await rows.ReadAsync(cancellation)) profiles.Add(new ClaimProfile(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4)));
        return profiles;
    }
}
