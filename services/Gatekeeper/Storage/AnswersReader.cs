using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Reads what is known of the keys that decide about some children, as sets, in the round trip that reads the rest.</summary>
public static class AnswersReader
{
    /// <summary>The keys, and those of the accounts that they lead to as it is written.</summary>
    private const string Named =
        """
        with named as (
            select unnest($1) as claim_key
            union select account_key from bindings where claim_key = any($1)
            union select account_key from user_links where claim_key = any($1) and account_key is not null)
        """;

    public const string Bindings = "select claim_key, account_id, source from bindings where claim_key = any($1)";

    public const string Users = "select claim_key, origin_key, of_table, valid_from, account_id, source from user_links where claim_key = any($1)";

    /// <summary>Key by key, whatever the planner believes of their number: a batch never reads a table whole.</summary>
    private const string Corrected =
        "named n cross join lateral (select c.source, c.account_id, c.account_key from corrections c where c.claim_key = n.claim_key and c.undone_at is null offset 0) c";

    public const string Corrections = $"{Named} select c.source, n.claim_key, c.account_id from {Corrected}";

    public const string Standings =
        $"""
        {Named}
        select asked.account_key, a.standing
        from (select claim_key as account_key from named union select c.account_key from {Corrected}) asked
        cross join lateral (select standing from accounts where account_key = asked.account_key offset 0) a
        """;

    private static readonly Dictionary<string, Standing> StandingNames = Enum.GetValues<Standing>().ToDictionary(standing => standing.ToString().ToLowerInvariant());

    internal static void Ask(NpgsqlBatch batch, IEnumerable<Child> children) => Ask(batch, children.Where(child => child.Claims.Count > 0).Select(child => child.Claims[0]));

    internal static void Ask(NpgsqlBatch batch, IEnumerable<ClaimKey> keys)
    {
        var ids = keys.Select(key => key.Id).Distinct().ToArray();
        foreach (var sql in (string[])[Bindings, Users, Corrections, Standings]) batch.BatchCommands.Add(ResultSets.With(sql, ids));
    }

    internal static async Task ReadAsync(NpgsqlDataReader rows, Answers answers, CancellationToken cancellation)
    {
        await rows.EachAsync(row => answers.Bind(row.GetGuid(0), new StatedAccount(AccountId.Of(row.GetString(1)), row.GetString(2))), cancellation);
        await rows.EachAsync(row => answers.Link(row.GetGuid(0), Link(row)), cancellation);
        await rows.EachAsync(row => answers.Correct(row.GetString(0), row.GetGuid(1), AccountId.Of(row.GetString(2))), cancellation);
        await rows.EachAsync(row => answers.Stand(row.GetGuid(0), StandingNames[row.GetString(1)]), cancellation);
    }

    internal static UserLink Link(NpgsqlDataReader row) => new(
        row.GetGuid(1), row.GetBoolean(2), row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : new StatedAccount(AccountId.Of(row.GetString(4)), row.GetString(5)));
}
