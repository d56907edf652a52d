using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Reads all that a batch of children needs to be decided, in one round trip.</summary>
public static class KnowledgeReader
{
    private const string Accepted = "select object_key, observed_at, tie from objects where object_key = any($1)";

    /// <summary>By their time as well, so that only the parts of their days are looked into.</summary>
    private const string AcceptedEvents = "select object_key, observed_at, tie from events where object_key = any($1) and observed_at = any($2)";
    private const string Parked = "select object_key, waits_for, observed_at, tie from parked where object_key = any($1)";
    private const string Dead = "select dead_letter_id from dead where dead_letter_id = any($1)";
    private const string Bindings = "select claim_key, account_id from bindings where claim_key = any($1)";
    private const string Standings =
        """
        select account_key, standing from accounts where account_key = any($1)
        union
        select a.account_key, a.standing from bindings b join accounts a using (account_key) where b.claim_key = any($1)
        """;

    /// <param name="deadLetterIds">Ids of messages that are no children, looked up among the dead beside those of the children.</param>
    public static async Task<Knowledge> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Child> children, IEnumerable<Guid> deadLetterIds, bool expiring, CancellationToken cancellation)
    {
        var events = children.Where(child => child.IsEvent).ToList();
        var objects = children.Select(child => child.ObjectKey).Distinct().ToArray();
        var keys = children.Where(child => child.Claims.Count > 0).Select(child => child.Claims[0].Id).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(GateLock.Shared),
                new("select clock_timestamp()"),
                With(Accepted, objects),
                new(AcceptedEvents)
                {
                    Parameters =
                    {
                        new() { Value = events.Select(child => child.ObjectKey).Distinct().ToArray() },
                        new() { Value = events.Select(child => child.Version.ObservedAt).Distinct().ToArray() },
                    },
                },
                With(Parked, objects),
                With(Dead, [.. children.Select(child => child.DeadLetterId), .. deadLetterIds]),
                With(Bindings, keys),
                With(Standings, keys),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var knowledge = new Knowledge(rows.GetFieldValue<DateTimeOffset>(0), expiring);
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) knowledge.HistoryOf(rows.GetGuid(0)).LoadAccepted(Version(rows, 1));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) knowledge.HistoryOf(rows.GetGuid(0)).LoadAccepted(Version(rows, 1));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) knowledge.HistoryOf(rows.GetGuid(0)).LoadParked(rows.GetGuid(1), Version(rows, 2));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) knowledge.LoadDead(rows.GetGuid(0));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) knowledge.Answers.Bind(rows.GetGuid(0), AccountId.Of(rows.GetString(1)));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) knowledge.Answers.Stand(rows.GetGuid(0), Enum.Parse<Standing>(rows.GetString(1), ignoreCase: true));
        return knowledge;
    }

    private static ObjectVersion Version(NpgsqlDataReader rows, int column) => new(rows.GetFieldValue<DateTimeOffset>(column), rows.GetGuid(column + 1));

    private static NpgsqlBatchCommand With(string sql, Guid[] keys) => new(sql) { Parameters = { new() { Value = keys } } };
}
