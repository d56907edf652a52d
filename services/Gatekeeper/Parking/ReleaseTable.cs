using Npgsql;
using NpgsqlTypes;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>A key that may lead elsewhere now.</summary>
/// <param name="Since">Of what rests on it, only what is of this time or later; null for all.</param>
public sealed record ChangedKey(Guid ClaimKey, string? TraceParent = null, DateTimeOffset? Since = null);

/// <summary>Asks the releaser to look again. Nothing is asked where nobody waits for the key and nothing rests on it.</summary>
internal static class ReleaseTable
{
    /// <summary>With <c>offset 0</c> each is looked up for each key; without, the planner may read the whole table once into a hash, which it holds for the cheaper.</summary>
    private const string SomebodyIsConcerned =
        """
        exists (select from parked p where p.waits_for = n.claim_key offset 0)
        or exists (select from parked p where p.claim_key = n.claim_key and p.claim_key <> p.waits_for offset 0)
        or exists (select from objects o where o.claim_key = n.claim_key and o.claim_key <> o.account_key offset 0)
        or exists (select from event_keys e where e.claim_key = n.claim_key offset 0)
        or exists (select from corrections c where c.claim_key = n.claim_key offset 0)
        or exists (select from late_answers l where l.waits_for = n.claim_key offset 0)
        or exists (select from late_answers l where l.claim_key = n.claim_key and l.claim_key <> l.waits_for offset 0)
        """;

    /// <summary>Objects of which something was overtaken by a version that is in view no longer.</summary>
    public static void Ask(NpgsqlBatch batch, IEnumerable<Guid> objects)
    {
        var keys = objects.Distinct().ToList();
        if (keys.Count == 0) return;
        batch.BatchCommands.Add(new Columns<Guid>(keys).Add(NpgsqlDbType.Uuid, key => key)
            .Command("insert into releases (id, object_key, trigger) select gen_random_uuid(), n.*, 'evidence' from unnest({0}) n"));
    }

    public static NpgsqlBatchCommand Ask(IReadOnlyList<ChangedKey> keys) => new Columns<ChangedKey>(keys)
        .Add(NpgsqlDbType.Uuid, key => key.ClaimKey)
        .Add(NpgsqlDbType.TimestampTz, key => key.Since?.ToUniversalTime()).Add(NpgsqlDbType.Text, key => key.TraceParent)
        .Command($$"""
            insert into releases (id, claim_key, since, trigger, trace_parent)
            select gen_random_uuid(), claim_key, case when bool_or(since is null) then null else min(since) end, 'evidence', max(trace_parent)
            from unnest({0}) n (claim_key, since, trace_parent)
            where {{SomebodyIsConcerned}} group by claim_key
            """);

    /// <summary>
    /// For accounts that came in or left: the keys that such an account answers only while it is in, which are emails, and those
    /// that lead to it by a text that somebody has corrected. Account by account, whatever the planner believes of their number.
    /// </summary>
    public static NpgsqlBatchCommand AskForKeysOf(IReadOnlyList<ChangedKey> accounts) => new Columns<ChangedKey>(accounts)
        .Add(NpgsqlDbType.Uuid, account => account.ClaimKey).Add(NpgsqlDbType.Text, account => account.TraceParent)
        .Command($$"""
            insert into releases (id, claim_key, trigger, trace_parent)
            select gen_random_uuid(), n.claim_key, 'evidence', max(n.trace_parent)
            from (select b.claim_key, a.trace_parent from unnest({0}) a (account_key, trace_parent) cross join lateral (
                    select b.claim_key from bindings b where b.account_key = a.account_key and (b.kind = 'email' or exists (select from corrections c where c.claim_key = b.account_key offset 0)) offset 0) b
                union select u.claim_key, a.trace_parent from unnest({0}) a (account_key, trace_parent) cross join lateral (
                    select u.claim_key from user_links u where u.account_key = a.account_key and exists (select from corrections c where c.claim_key = u.account_key offset 0) offset 0) u) n
            where {{SomebodyIsConcerned}} group by n.claim_key
            """);

    /// <summary>For accounts that left: objects under them of which an older version may be in view again.</summary>
    public static NpgsqlBatchCommand AskForOvertakenUnder(IReadOnlyList<Guid> accounts) => new Columns<Guid>(accounts)
        .Add(NpgsqlDbType.Uuid, account => account)
        .Command("""
            insert into releases (id, object_key, trigger)
            select gen_random_uuid(), o.object_key, 'evidence' from objects o
            where o.account_key = any($1) and exists (select from overtaken v where v.object_key = o.object_key)
            """);
}
