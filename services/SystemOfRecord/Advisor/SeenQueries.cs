using Npgsql;
using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>The exact counts over the table of seen values.</summary>
internal sealed class SeenQueries(NpgsqlConnection connection, CancellationToken cancellation)
{
    private const string Counts = "select field, sum(times)::bigint, count(*) from seen_values group by field";

    /// <summary>For each field, how many of its values another field has too: in that spelling, and in any.</summary>
    private const string Shared =
        """
        with asked as (select field, value, folded from seen_values where field = any($1)),
             exact as (select a.field, b.field as other, count(*) as shared from asked a join asked b on b.value = a.value and b.field <> a.field group by 1, 2),
             near as (select a.field, b.field as other, count(*) as shared from asked a join (select distinct field, folded from asked) b on b.folded = a.folded and b.field <> a.field group by 1, 2)
        select near.field, near.other, coalesce(exact.shared, 0), near.shared from near left join exact on exact.field = near.field and exact.other = near.other
        """;

    /// <summary>Of the values of $2, each once, those that $1 has, and those that it has in any spelling.</summary>
    private const string Held =
        """
        with known as (select distinct value, folded from seen_values where field = any($2)), own as (select value, folded from seen_values where field = $1)
        select count(*), count(*) filter (where exists (select from own where own.value = known.value)),
               count(*) filter (where exists (select from own where own.folded = known.folded)) from known
        """;

    private const string Unknown =
        "select count(*), (array_agg(text order by text collate \"C\") filter (where text is not null))[1:3] from seen_values k where field = $2 and not exists (select from seen_values o where o.field = $1 and o.value = k.value)";

    /// <summary>Records of field $2 with a value that is on exactly one record of field $1; many accounts for one key tie nothing.</summary>
    private const string Tied =
        "select count(distinct s.record) from seen s join seen_values o on o.value = s.value and o.field = $1 and ($3 or o.times = 1) where s.field = $2";

    public async Task<IReadOnlyDictionary<int, (long Values, long Distinct)>> CountsAsync() =>
        (await RowsAsync(Counts, row => (Field: row.GetInt32(0), Counts: (row.GetInt64(1), row.GetInt64(2))))).ToDictionary(row => row.Field, row => row.Counts);

    public Task<List<(int Field, int Other, long Shared, long InAnySpelling)>> SharedAsync(int[] fields) =>
        RowsAsync(Shared, row => (row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3)), fields);

    public async Task<(long Known, long Held, long InAnySpelling)> HeldAsync(int field, int[] others) =>
        (await RowsAsync(Held, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), field, others))[0];

    public async Task<UnknownAccounts> UnknownAsync(int field, FieldTally other) =>
        (await RowsAsync(Unknown, row => new UnknownAccounts(other.System, row.GetInt64(0), row.IsDBNull(1) ? [] : row.GetFieldValue<string[]>(1)), field, other.Number))[0];

    /// <param name="many">Whether a value that several records share ties as well, as an account_id does.</param>
    public async Task<long> TiedAsync(int target, int field, bool many) => (await RowsAsync(Tied, row => row.GetInt64(0), target, field, many))[0];

    private async Task<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation)) found.Add(read(rows));
        return found;
    }
}
