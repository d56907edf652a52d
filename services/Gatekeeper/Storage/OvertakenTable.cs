using NpgsqlTypes;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Versions that newer ones with other claims have overtaken. What the plan did not read whole is copied from where it was.</summary>
internal static class OvertakenTable
{
    private const string Names = "object_key, claim_key, observed_at, tie, body, message_id, trace_parent";

    private const string Copied = "o.object_key, o.claim_key, o.observed_at, o.tie, o.body, o.message_id, o.trace_parent";

    private static readonly string AsItWas = "join unnest({0}) n (object_key, claim_key, tie, observed_at) on o.object_key = n.object_key and o.claim_key = n.claim_key and o.tie = n.tie and o.observed_at = n.observed_at";

    public static void Write(GuardedBatch batch, IReadOnlyList<ObjectHistory> histories)
    {
        var changes = histories.SelectMany(history => history.Changes.Select(change => (History: history, Change: change))).ToList();
        batch.Add([.. changes.Select(entry => entry.Change).Where(change => change.Before is OvertakenVersion)], columns => Was(columns).Command(
            "delete from overtaken o using unnest({0}) n (object_key, claim_key, tie, observed_at) where o.object_key = n.object_key and o.claim_key = n.claim_key and o.tie = n.tie and o.observed_at = n.observed_at"), joins: true);
        var copies = changes.Where(entry => entry.Change.Now is OvertakenVersion { Child: null }).ToLookup(entry => Table(entry.History, entry.Change.Before!), entry => entry.Change);
        foreach (var table in copies)
            batch.Add([.. table], columns => Was(columns).Command($"insert into overtaken ({Names}) select {Copied} from {table.Key} o {AsItWas}"), joins: true);
        batch.Add([.. changes.Select(entry => entry.Change).Where(change => change.Now is OvertakenVersion { Child: not null })], columns => columns
            .Add(NpgsqlDbType.Uuid, change => change.ObjectKey)
            .Add(NpgsqlDbType.Uuid, change => change.ClaimId)
            .Add(NpgsqlDbType.TimestampTz, change => change.Now!.Version.ObservedAt)
            .Add(NpgsqlDbType.Uuid, change => change.Now!.Version.Tie)
            .AddBytes(change => change.Now!.Child!.Body)
            .Add(NpgsqlDbType.Text, change => change.Now!.Child!.MessageId)
            .Add(NpgsqlDbType.Text, change => change.Now!.Child!.TraceParent)
            .Command($"insert into overtaken ({Names}) select * from unnest({{0}}) on conflict do nothing"));
    }

    private static string Table(ObjectHistory history, PlacedVersion before) => before is ParkedVersion ? "parked" : history.Known!.IsEvent ? "events" : "objects";

    private static Columns<PlaceChange> Was(Columns<PlaceChange> columns) => columns
        .Add(NpgsqlDbType.Uuid, change => change.ObjectKey)
        .Add(NpgsqlDbType.Uuid, change => change.ClaimId)
        .Add(NpgsqlDbType.Uuid, change => change.Before!.Version.Tie)
        .Add(NpgsqlDbType.TimestampTz, change => change.Before!.Version.ObservedAt);
}
