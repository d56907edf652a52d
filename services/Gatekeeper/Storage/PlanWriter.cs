using Npgsql;
using Pipeline.Gatekeeper.Bindings;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Events;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Ledger;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Writes a plan: a statement a kind of change, then the ledger and what is to be said; two round trips, whatever the size of the batch.</summary>
public sealed class PlanWriter(Deadlines deadlines, ChildKinds kinds, TimeProvider time)
{
    /// <returns>What is to be said once the transaction has committed; null where there is nothing to say.</returns>
    /// <exception cref="WriteConflictException">Rows have changed since the plan read them.</exception>
    public async Task<Announcement?> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Plan plan, CancellationToken cancellation)
    {
        var histories = plan.Histories.OrderBy(history => history.ObjectKey).ToList(); // one order for all, so that no two batches wait for each other
        await using (var changes = new GuardedBatch(connection, transaction))
        {
            OvertakenTable.Write(changes, histories); // first, for it copies from where the versions were
            ParkedTable.Unpark(changes, histories);
            AcceptedTable.Write(changes, histories);
            ParkedTable.Park(changes, histories, deadlines);
            DeadTable.Revive(changes, histories);
            DeadTable.Bury(changes, histories, plan.Unreadable);
            await changes.ExecuteAsync(cancellation);
        }

        var announcement = Announcements.Of(plan, time);
        await using var rest = new NpgsqlBatch(connection, transaction);
        EventCounts.Add(rest, plan.Histories);
        EventKeys.Add(rest, plan.Histories);
        LateAnswerTable.Add(rest, histories);
        ReleaseTable.Ask(rest, plan.Unsettled);
        PeopleNews.Add(rest, plan, kinds.People);
        LedgerTable.Add(rest, plan.Ledger, time);
        if (announcement is not null)
            rest.BatchCommands.Add(new(Announcement.Insert) { Parameters = { new() { Value = announcement.Id }, new() { Value = announcement.Encode() } } });
        if (rest.BatchCommands.Count > 0) await rest.ExecuteNonQueryAsync(cancellation);
        return announcement;
    }
}
