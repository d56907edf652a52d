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

    /// <summary>Where only account_ids are asked for, which lead to their own accounts: what most batches are.</summary>
    public const string CorrectionsOfAccounts = "select source, claim_key, account_id from corrections where claim_key = any($1) and undone_at is null";

    public const string StandingsOfAccounts =
        """
        select account_key, standing from accounts where account_key = any($1)
        union all
        select a.account_key, a.standing from corrections c cross join lateral (select account_key, standing from accounts where account_key = c.account_key offset 0) a
        where c.claim_key = any($1) and c.undone_at is null
        """;

    internal static AskedAnswers Ask(NpgsqlBatch batch, IEnumerable<Child> children) => Ask(batch, children.Where(child => child.Claims.Count > 0).Select(child => child.Claims[0]));

    /// <summary>Asks what the keys need asked, and no more.</summary>
    internal static AskedAnswers Ask(NpgsqlBatch batch, IEnumerable<ClaimKey> keys)
    {
        var ids = keys.Select(key => (key.Id, key.Kind)).Distinct().ToLookup(key => key.Kind, key => key.Id);
        Guid[] all = [.. ids.SelectMany(kind => kind)];
        Guid[] bound = [.. ids.Where(kind => kind.Key != ClaimKind.AccountId).SelectMany(kind => kind)];
        Guid[] users = [.. ids[ClaimKind.UserId]];
        if (bound.Length > 0) batch.BatchCommands.Add(ResultSets.With(Bindings, bound));
        if (users.Length > 0) batch.BatchCommands.Add(ResultSets.With(Users, users));
        if (all.Length > 0)
        {
            batch.BatchCommands.Add(ResultSets.With(bound.Length > 0 ? Corrections : CorrectionsOfAccounts, all));
            batch.BatchCommands.Add(ResultSets.With(bound.Length > 0 ? Standings : StandingsOfAccounts, all));
        }

        return new AskedAnswers(bound.Length > 0, users.Length > 0, all.Length > 0);
    }

    internal static UserLink Link(NpgsqlDataReader row) => new(
        row.GetGuid(1), row.GetBoolean(2), row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : new StatedAccount(AccountId.Of(row.GetString(4)), row.GetString(5)));
}

/// <summary>Which questions were asked, so that their answers can be told apart.</summary>
internal readonly record struct AskedAnswers(bool Bindings, bool Users, bool Accounts)
{
    private static readonly Dictionary<string, Standing> StandingNames = Enum.GetValues<Standing>().ToDictionary(standing => standing.ToString().ToLowerInvariant());

    public async Task ReadAsync(NpgsqlDataReader rows, Answers answers, CancellationToken cancellation)
    {
        if (Bindings) await rows.EachAsync(row => answers.Bind(row.GetGuid(0), new StatedAccount(AccountId.Of(row.GetString(1)), row.GetString(2))), cancellation);
        if (Users) await rows.EachAsync(row => answers.Link(row.GetGuid(0), AnswersReader.Link(row)), cancellation);
        if (!Accounts) return;
        await rows.EachAsync(row => answers.Correct(row.GetString(0), row.GetGuid(1), AccountId.Of(row.GetString(2))), cancellation);
        await rows.EachAsync(row => answers.Stand(row.GetGuid(0), StandingNames[row.GetString(1)]), cancellation);
    }
}
