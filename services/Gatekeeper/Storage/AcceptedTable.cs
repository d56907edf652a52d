using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>The version of each object that is in, and the events that are in, which have a table of their own.</summary>
internal static class AcceptedTable
{
    private const string Names =
        "object_key, claim_key, source, object_type, native_id, observed_at, tie, account_key, account_id, claim_kind, claim_system, claim_value, deleted, body, message_id, trace_parent, waited";

    private const string AsItWas = "o.object_key = n.object_key and o.tie = n.tie_before and o.observed_at = n.observed_before and o.account_key = n.account_before";

    private static readonly string Values = string.Join(", ", Names.Split(", ").Select(name => $"n.{name}"));

    public static void Write(GuardedBatch batch, IReadOnlyList<ObjectHistory> histories)
    {
        var changed = histories.Where(history => !ReferenceEquals(history.Accepted, history.AcceptedBefore)).ToLookup(history => history.Known!.IsEvent);
        Write(batch, "objects", changed[false]);
        Write(batch, "events", changed[true]);
    }

    private static void Write(GuardedBatch batch, string table, IEnumerable<ObjectHistory> histories)
    {
        var changed = histories.ToLookup(history => (Was: history.AcceptedBefore is not null, Is: history.Accepted is not null));
        batch.Add([.. changed[(false, true)]], columns => Fill(columns).Command($"insert into {table} ({Names}) select * from unnest({{0}}) on conflict do nothing"));
        batch.Add([.. changed[(true, true)]], columns => FillBefore(Fill(columns)).Command(
            $"update {table} o set ({Names}, accepted_at) = ({Values}, clock_timestamp()) from unnest({{0}}) n ({Names}, tie_before, observed_before, account_before) where {AsItWas}"), joins: true);
        batch.Add([.. changed[(true, false)]], columns => FillBefore(columns.Add(NpgsqlDbType.Uuid, history => history.ObjectKey)).Command(
            $"delete from {table} o using unnest({{0}}) n (object_key, tie_before, observed_before, account_before) where {AsItWas}"), joins: true);
    }

    private static Columns<ObjectHistory> Fill(Columns<ObjectHistory> columns) => columns
        .Add(NpgsqlDbType.Uuid, history => history.ObjectKey)
        .Add(NpgsqlDbType.Uuid, history => history.Accepted!.Child!.ClaimId)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.Source)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.ObjectType)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.NativeId)
        .Add(NpgsqlDbType.TimestampTz, history => history.Accepted!.Version.ObservedAt)
        .Add(NpgsqlDbType.Uuid, history => history.Accepted!.Version.Tie)
        .Add(NpgsqlDbType.Uuid, history => ClaimKey.Of(history.Accepted!.Account).Id)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Account.Text)
        .Add(NpgsqlDbType.Text, history => ClaimNames.Of(history.Accepted!.Decision!.Claim.Kind))
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Decision!.Claim.System)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Decision!.Claim.Value)
        .Add(NpgsqlDbType.Boolean, history => history.Accepted!.Child!.Deleted)
        .AddBytes(history => history.Accepted!.Child!.Body)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.MessageId)
        .Add(NpgsqlDbType.Text, history => history.Accepted!.Child!.TraceParent)
        .Add(NpgsqlDbType.Interval, history => history.Accepted!.Waited);

    private static Columns<ObjectHistory> FillBefore(Columns<ObjectHistory> columns) => columns
        .Add(NpgsqlDbType.Uuid, history => history.AcceptedBefore!.Version.Tie)
        .Add(NpgsqlDbType.TimestampTz, history => history.AcceptedBefore!.Version.ObservedAt)
        .Add(NpgsqlDbType.Uuid, history => ClaimKey.Of(history.AcceptedBefore!.Account).Id);
}
