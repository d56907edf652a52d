using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// One of the ways in which versions are concerned by what has changed, read a page at a time: what waits for a key, oldest first;
/// what waits elsewhere but is decided by it; what is in by it; and the objects to be looked at as a whole. Rows are locked in the
/// order of their keys, as batches change them: in another order the one and the other would wait for each other.
/// </summary>
/// <param name="ByTime">Whether pages follow each other by time; else by key.</param>
internal sealed record Walk(string Sql, Func<PendingRelease, Guid?> Key, bool ByTime = false)
{
    private const string Kept = "claim_key, body, message_id, trace_parent";

    private const string Parked = $"select {Kept}, parked_at, deadline, parked_at, object_key, claim_key from parked";

    /// <summary>
    /// The page first, and then each of its rows by its key: there is one way to do it. Joined freely, each row that waits was compared
    /// with the whole page as soon as dead rows had spoiled the planner's counts (W7 of the benchmark). A row that a batch took away in
    /// between keeps its place on the page, empty: a page that seemed to be the last for want of it would strand all that come after.
    /// </summary>
    public static readonly Walk Waiting = new(
        $"""
        with page as materialized (
            select parked_at, object_key, claim_key from (
                select parked_at, object_key, claim_key from parked where waits_for = any($1) and (parked_at, object_key, claim_key) > ($2, $3, $4) order by parked_at, object_key, claim_key limit $5) oldest
            order by object_key, claim_key)
        select found.*, page.parked_at, page.object_key, page.claim_key
        from page left join lateral (
            select {Kept}, parked_at, deadline from parked p where p.object_key = page.object_key and p.claim_key = page.claim_key and p.waits_for = any($1) for update) found on true
        """,
        release => release.Found.Waiting > 0 ? release.ClaimKey : null, ByTime: true);

    public static readonly Walk WaitingElsewhere = new(
        $"{Parked} where claim_key = any($1) and claim_key <> waits_for and (object_key, claim_key) > ($3, $4) order by object_key, claim_key limit $5 for update",
        release => release.Found.Elsewhere ? release.ClaimKey : null);

    public static readonly Walk Resting = new(In("objects", "claim_key = any($1) and claim_key <> account_key"), release => release.Found.Resting > 0 ? release.ClaimKey : null);

    public static readonly Walk RestingEvents = new(
        In("events", "claim_key = any($1) and claim_key <> account_key and ($6 is null or observed_at >= $6)"), release => release.Found.Events ? release.ClaimKey : null);

    /// <summary>What is in under the account that it names itself, when somebody has said that the name means another.</summary>
    public static readonly Walk OwnNamed = new(
        In("objects", "account_key = any($1) and claim_key = account_key"), release => release.Found.Corrected ? release.ClaimKey : null);

    public static readonly Walk WholeObjects = new(In("objects", "object_key = any($1)"), release => release.ObjectKey);

    public static readonly Walk WholeEvents = new(In("events", "object_key = any($1)"), release => release.ObjectKey);

    /// <summary>After the versions that had overtaken them, the newest first.</summary>
    public static readonly Walk Overtaken = new(
        $"select {Kept}, null::timestamptz, null::timestamptz, observed_at, object_key, claim_key from overtaken where object_key = any($1) and (object_key, claim_key) > ($3, $4) order by object_key, claim_key limit $5 for update",
        release => release.ObjectKey);

    public static readonly IReadOnlyList<Walk> All = [Waiting, WaitingElsewhere, Resting, RestingEvents, OwnNamed, WholeObjects, WholeEvents, Overtaken];

    public NpgsqlBatchCommand Page(IReadOnlyList<PendingRelease> releases, PagePlace after, int size)
    {
        var concerned = releases.Where(release => Key(release) is not null).ToList();
        var since = concerned.Exists(release => release.Since is null) ? null : concerned.Min(release => release.Since);
        return new NpgsqlBatchCommand(Sql)
        {
            Parameters =
            {
                new() { Value = concerned.Select(release => Key(release)!.Value).Distinct().ToArray() },
                new() { Value = after.At }, new() { Value = after.ObjectKey }, new() { Value = after.ClaimKey }, new() { Value = size },
                new() { Value = (object?)since ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
    }

    /// <summary>A page in the order in which it is to be decided, and gone on from.</summary>
    public IReadOnlyList<PagedVersion> InOrder(IReadOnlyList<PagedVersion> page) => ByTime ? [.. page.OrderBy(row => (row.Place.At, row.Place.ObjectKey, row.Place.ClaimKey))] : page;

    private static string In(string table, string where) =>
        $"select {Kept}, null::timestamptz, null::timestamptz, accepted_at, object_key, claim_key from {table} where {where} and object_key > $3 order by object_key limit $5 for update";
}
