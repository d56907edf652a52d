using Npgsql;
using NpgsqlTypes;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Events;

/// <summary>Which keys events rest on: one small table to ask, in place of one index a day.</summary>
internal static class EventKeys
{
    public static void Add(NpgsqlBatch batch, IReadOnlyCollection<ObjectHistory> histories)
    {
        var keys = histories.Where(history => history.Accepted is { Child: { IsEvent: true } child } accepted && child.ClaimId != ClaimKey.Of(accepted.Account).Id)
            .Select(history => history.Accepted!.Child!.ClaimId).Distinct().Order().ToList();
        if (keys.Count == 0) return;
        batch.BatchCommands.Add(new Columns<Guid>(keys).Add(NpgsqlDbType.Uuid, key => key)
            .Command("insert into event_keys select n.* from unnest({0}) n (claim_key) where not exists (select from event_keys k where k.claim_key = n.claim_key) on conflict do nothing"));
    }
}
