using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Events;

/// <summary>
/// How many events were ever let in, by source and type: counted as they come, for they are too many to be counted when somebody
/// asks. Several rows a type, so that batches side by side do not wait for one.
/// </summary>
internal static class EventCounts
{
    public static void Add(NpgsqlBatch batch, IReadOnlyCollection<ObjectHistory> histories)
    {
        var counts = histories.Where(history => history is { AcceptedBefore: null, Accepted.Child.IsEvent: true })
            .GroupBy(history => (history.Accepted!.Child!.Source, history.Accepted.Child.ObjectType))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, Accepted: group.LongCount(), Released: group.LongCount(history => history.Accepted!.Waited is not null))).ToList();
        if (counts.Count == 0) return;
        batch.BatchCommands.Add(new Columns<((string Source, string Type) Key, long Accepted, long Released)>(counts)
            .Add(NpgsqlDbType.Text, count => count.Key.Source)
            .Add(NpgsqlDbType.Text, count => count.Key.Type)
            .Add(NpgsqlDbType.Bigint, count => count.Accepted)
            .Add(NpgsqlDbType.Bigint, count => count.Released)
            .Command("""
                insert into event_counts as counts (slot, source, object_type, accepted, released)
                select pg_backend_pid() % 8, n.* from unnest({0}) n
                on conflict (source, object_type, slot) do update set accepted = counts.accepted + excluded.accepted, released = counts.released + excluded.released
                """));
    }
}
