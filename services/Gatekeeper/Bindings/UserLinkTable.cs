using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>What somebody says of a user, from a time on.</summary>
/// <param name="Tie">Orders two words of one origin of the same time.</param>
public sealed record UserStatement(ClaimKey User, UserLink Link, Guid Tie, string? TraceParent);

/// <summary>Whose each user is, from when on. To be called behind the gate alone.</summary>
internal static class UserLinkTable
{
    /// <summary>What is known of the users before.</summary>
    public static async Task<Dictionary<(Guid User, Guid Origin, DateTimeOffset From), (Guid Tie, UserLink Link)>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IEnumerable<UserStatement> statements, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new($"{GateLock.Alone}, {StatementPlans.Once}"),
                ResultSets.With("select claim_key, origin_key, of_table, valid_from, account_id, source, tie from user_links where claim_key = any($1)", statements.Select(said => said.User.Id).Distinct().ToArray()),
            },
        };
        StatementPlans.Renew(batch);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var known = new Dictionary<(Guid, Guid, DateTimeOffset), (Guid, UserLink)>();
        await rows.EachAsync(row => known[(row.GetGuid(0), row.GetGuid(1), row.GetFieldValue<DateTimeOffset>(3))] = (row.GetGuid(6), AnswersReader.Link(row)), cancellation);
        return known;
    }

    public static NpgsqlBatchCommand Write(IReadOnlyList<UserStatement> news) => new Columns<UserStatement>(news)
        .Add(NpgsqlDbType.Uuid, said => said.User.Id).Add(NpgsqlDbType.Uuid, said => said.Link.Origin)
        .Add(NpgsqlDbType.TimestampTz, said => said.Link.From.ToUniversalTime()).Add(NpgsqlDbType.Uuid, said => said.Tie)
        .Add(NpgsqlDbType.Boolean, said => said.Link.IsOfTable)
        .Add(NpgsqlDbType.Uuid, said => said.Link.Account is { } stated ? ClaimKey.Of(stated.Account).Id : (Guid?)null)
        .Add(NpgsqlDbType.Text, said => said.Link.Account?.Account.Text).Add(NpgsqlDbType.Text, said => said.Link.Account?.Source ?? "")
        .Add(NpgsqlDbType.Text, said => said.User.Value)
        .Add(NpgsqlDbType.Uuid, said => SpellingKey.Of(said.User))
        .Command("""
            insert into user_links (claim_key, origin_key, valid_from, tie, of_table, account_key, account_id, source, user_id, fold_key) select * from unnest({0})
            on conflict (claim_key, origin_key, valid_from) do update set tie = excluded.tie, of_table = excluded.of_table,
                account_key = excluded.account_key, account_id = excluded.account_id, source = excluded.source
            """);

    /// <summary>From when on each user's answer may be another: from the first news of it, or throughout, for the first word also holds for the time before it.</summary>
    public static IEnumerable<ChangedKey> Changed(IReadOnlyList<UserStatement> news, IEnumerable<(Guid User, UserLink Link)> before)
    {
        var known = before.ToLookup(row => row.User, row => row.Link);
        return news.GroupBy(said => said.User.Id).Select(user =>
        {
            var from = user.Min(said => said.Link.From);
            var isFirst = user.Any(said => !known[user.Key].Any(link => link.Origin == said.Link.Origin && link.From < from));
            return new ChangedKey(user.Key, user.First().TraceParent, isFirst ? null : from);
        });
    }
}
