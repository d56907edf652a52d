using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Reads all that a batch of children needs to be decided, in one round trip.</summary>
public static class KnowledgeReader
{
    private const string Accepted =
        "select o.object_key, o.claim_key, o.observed_at, o.tie, o.account_id, coalesce(a.standing = 'admitted', false) from objects o left join accounts a using (account_key) where o.object_key = any($1)";

    /// <summary>By their time as well, so that only the parts of their days are looked into.</summary>
    private const string AcceptedEvents =
        "select o.object_key, o.claim_key, o.observed_at, o.tie, o.account_id, coalesce(a.standing = 'admitted', false) from events o left join accounts a using (account_key) where o.object_key = any($1) and o.observed_at = any($2)";

    private const string Parked = "select object_key, claim_key, observed_at, tie, waits_for from parked where object_key = any($1)";
    private const string Overtaken = "select object_key, claim_key, observed_at, tie from overtaken where object_key = any($1)";
    private const string Dead = "select dead_letter_id from dead where dead_letter_id = any($1)";

    /// <param name="deadLetterIds">Ids of messages that are no children, looked up among the dead beside those of the children.</param>
    public static async Task<Knowledge> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Child> children, IEnumerable<Guid> deadLetterIds, bool expiring, CancellationToken cancellation)
    {
        var events = children.Where(child => child.IsEvent).ToList();
        var objects = children.Select(child => child.ObjectKey).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(GateLock.Shared),
                new($"select clock_timestamp(), {(events.Count > 0 ? StatementPlans.Anew : StatementPlans.Once)}"),
                ResultSets.With(Accepted, objects),
                ResultSets.With(Parked, objects),
                ResultSets.With(Overtaken, objects),
                ResultSets.With(Dead, children.Select(child => child.DeadLetterId).Concat(deadLetterIds).ToArray()),
            },
        };
        if (events.Count > 0)
            batch.BatchCommands.Add(ResultSets.With(AcceptedEvents, events.Select(child => child.ObjectKey).Distinct().ToArray(), events.Select(child => child.Version.ObservedAt).Distinct().ToArray()));
        else
            StatementPlans.Renew(batch);
        var asked = AnswersReader.Ask(batch, children);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var knowledge = new Knowledge(rows.GetFieldValue<DateTimeOffset>(0), expiring);
        await rows.EachAsync(row => Load(knowledge, row, new AcceptedVersion(Version(row), AccountId.Of(row.GetString(4)), row.GetBoolean(5))), cancellation);
        await rows.EachAsync(row => Load(knowledge, row, new ParkedVersion(Version(row), row.GetGuid(4))), cancellation);
        await rows.EachAsync(row => Load(knowledge, row, new OvertakenVersion(Version(row))), cancellation);
        await rows.EachAsync(row => knowledge.LoadDead(row.GetGuid(0)), cancellation);
        if (events.Count > 0) await rows.EachAsync(row => Load(knowledge, row, new AcceptedVersion(Version(row), AccountId.Of(row.GetString(4)), row.GetBoolean(5))), cancellation);
        await asked.ReadAsync(rows, knowledge.Answers, cancellation);
        return knowledge;
    }

    private static void Load(Knowledge knowledge, NpgsqlDataReader row, PlacedVersion version) => knowledge.HistoryOf(row.GetGuid(0)).Load(row.GetGuid(1), version);

    private static ObjectVersion Version(NpgsqlDataReader row) => new(row.GetFieldValue<DateTimeOffset>(2), row.GetGuid(3));
}
