using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Search;

/// <summary>The groups of letters that meet a criterion, the largest first.</summary>
public static class GroupQuery
{
    private const int Hours = 24;

    public static async Task<IReadOnlyList<DeadLetterGroup>> ListAsync(NpgsqlDataSource database, Criterion criterion, int limit, CancellationToken cancellation)
    {
        var search = SearchSql.Of(criterion, first: 2);
        await using var command = database.CreateCommand(
            $$"""
            with found as (select l.group_key, l.first_seen, l.last_seen from {{SearchSql.From}} where {{search.Condition}}),
                counted as (select group_key, count(*) letters, min(first_seen) first, max(last_seen) last from found group by group_key order by 2 desc, 1 limit $1),
                hourly as (
                    select group_key, floor(extract(epoch from clock_timestamp() - last_seen) / 3600)::int ago, count(*) letters
                    from found where last_seen > statement_timestamp() - interval '{{Hours}} hours' and group_key in (select group_key from counted) group by 1, 2),
                recent as (select group_key, array_agg(ago) ago, array_agg(letters) letters from hourly group by group_key)
            select c.group_key, coalesce(g.reason, ''), g.source, g.object_type, coalesce(g.source_queue, ''), coalesce(g.shape, 'stored by an earlier version'), c.letters, c.first, c.last, r.ago, r.letters,
                coalesce(g.triage, 'new'), g.owner, g.note, g.link, coalesce(g.quiet, false), g.triaged_by, g.triaged_at
            from counted c left join letter_groups g using (group_key) left join recent r using (group_key) order by c.letters desc, c.group_key
            """);
        command.Parameters.Add(new() { Value = limit });
        foreach (var parameter in search.Parameters) command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var groups = new List<DeadLetterGroup>();
        while (await rows.ReadAsync(cancellation))
            groups.Add(new DeadLetterGroup(
                rows.GetGuid(0), rows.GetString(1), rows.TextOrNull(2), rows.TextOrNull(3), rows.GetString(4), rows.GetString(5), rows.GetInt64(6), rows.GetFieldValue<DateTimeOffset>(7), rows.GetFieldValue<DateTimeOffset>(8),
                Recent(rows), rows.GetString(11), rows.TextOrNull(12), rows.TextOrNull(13), rows.TextOrNull(14), rows.GetBoolean(15), rows.TextOrNull(16), rows.TimeOrNull(17)));
        return groups;
    }

    private static long[] Recent(NpgsqlDataReader rows)
    {
        var recent = new long[Hours];
        if (rows.IsDBNull(9)) return recent;
        foreach (var (ago, letters) in rows.GetFieldValue<int[]>(9).Zip(rows.GetFieldValue<long[]>(10)))
            if (ago is >= 0 and < Hours) recent[Hours - 1 - ago] = letters;
        return recent;
    }
}
