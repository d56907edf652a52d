using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>
/// Notes, in the transaction that decides on people, that they have come, changed or left, and whom they say to be. Evidence is
/// changed by one alone behind the gate, so it is made of these notes after that transaction.
/// </summary>
internal static class PeopleNews
{
    public static void Add(NpgsqlBatch batch, Plan plan, People people)
    {
        var changed = plan.Histories.Where(history => history.Known is { } known && people.Include(known.ObjectType) && !ReferenceEquals(history.Accepted, history.AcceptedBefore)).Select(history => history.ObjectKey).ToList();
        if (changed.Count > 0)
            batch.BatchCommands.Add(new Columns<Guid>(changed).Add(NpgsqlDbType.Uuid, key => key).Command("insert into people_changed select * from unnest({0})"));

        var heard = plan.Arrived.SelectMany(child => people.LinksOf(child).Select(said => (Child: child, said.User, said.Link))).ToList();
        if (heard.Count == 0) return;
        batch.BatchCommands.Add(new Columns<(Child Child, ClaimKey User, UserLink Link)>(heard)
            .Add(NpgsqlDbType.Text, row => row.User.Value).Add(NpgsqlDbType.Uuid, row => row.Child.ObjectKey)
            .Add(NpgsqlDbType.TimestampTz, row => row.Link.From.ToUniversalTime()).Add(NpgsqlDbType.Uuid, row => row.Child.Version.Tie)
            .Add(NpgsqlDbType.Text, row => row.Link.Account?.Account.Text).Add(NpgsqlDbType.Text, row => row.Child.Source)
            .Command("insert into people_heard (user_id, origin_key, valid_from, tie, account_id, source) select * from unnest({0})"));
    }
}
