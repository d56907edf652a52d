using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Looks again at what was given up, once a key changes that it waited for in vain, and tells the office which of it a replay would let
/// in now. The dead stay dead: a person, or a rule that a person made, replays them.
/// </summary>
public sealed class LateAnswerReview(TimeProvider time)
{
    /// <summary>
    /// Key by key, so that the table is never read whole, however many died of whatever else. What came to life in between keeps its
    /// place on the page, or the page would seem to be the last (<see cref="Walk.Waiting"/>).
    /// </summary>
    public const string Page =
        """
        with page as materialized (
            select dead_letter_id from (
                select found.dead_letter_id from unnest($1) k (key) cross join lateral (
                    select dead_letter_id from late_answers l where l.waits_for = k.key and l.dead_letter_id > $2 order by dead_letter_id limit $3) found
                union select found.dead_letter_id from unnest($1) k (key) cross join lateral (
                    select dead_letter_id from late_answers l where l.claim_key = k.key and l.claim_key <> l.waits_for and l.dead_letter_id > $2 order by dead_letter_id limit $3) found) concerned
            order by dead_letter_id limit $3)
        select page.dead_letter_id, found.* from page left join lateral (
            select claim_kind, claim_system, claim_value, source, observed_at, waits_for, account_id from late_answers l where l.dead_letter_id = page.dead_letter_id for update) found on true
        """;

    /// <summary>Reviews a page of what the keys concern, within the caller's transaction.</summary>
    /// <param name="after">The last of the page before.</param>
    public async Task<ReviewedPage> PageAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> releases, Guid after, int size, CancellationToken cancellation)
    {
        var keys = releases.Where(release => release.Found.GivenUp).Select(release => release.ClaimKey!.Value).Distinct().ToArray();
        if (keys.Length == 0) return new(null, 0, after);
        var (now, page) = await DeadAsync(connection, transaction, keys, after, size, cancellation);
        if (page.Count == 0) return new(null, 0, after);

        List<Dead> dead = [.. page.Select(place => place.Dead).OfType<Dead>()];
        var answers = await AnswersAsync(connection, transaction, dead, cancellation);
        var changed = dead.Select(one => new Change(one, Found.Of(Gate.Decide(one.Claim, one.Source, one.ObservedAt, answers)))).Where(change => change.Found != change.Dead.Before).ToList();
        var announcement = Announced([.. changed.Where(change => change.Found.Account != change.Dead.Before.Account)], now);
        await WriteAsync(connection, transaction, changed, announcement, cancellation);
        return new(announcement, page.Count, page[^1].Id);
    }

    /// <summary>The gate's lock comes before any row's, as for whoever brings the dead to life.</summary>
    private static async Task<(DateTimeOffset Now, IReadOnlyList<(Guid Id, Dead? Dead)> Page)> DeadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] keys, Guid after, int size, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { new(GateLock.Shared), new($"select clock_timestamp(), {StatementPlans.Anew}"), new(Page) { Parameters = { new() { Value = keys }, new() { Value = after }, new() { Value = size } } } },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var (now, page) = (DateTimeOffset.MinValue, new List<(Guid, Dead?)>());
        await rows.EachAsync(row => now = row.GetFieldValue<DateTimeOffset>(0), cancellation);
        await rows.EachAsync(row => page.Add((row.GetGuid(0), row.IsDBNull(1) ? null : Dead.Of(row))), cancellation);
        return (now, page);
    }

    private static async Task<Answers> AnswersAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Dead> dead, CancellationToken cancellation)
    {
        var answers = new Answers();
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new("select") } };
        var asked = AnswersReader.Ask(batch, dead.Select(one => one.Claim));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await asked.ReadAsync(rows, answers, cancellation);
        return answers;
    }

    private Announcement? Announced(IReadOnlyList<Change> changed, DateTimeOffset now)
    {
        if (changed.Count == 0) return null;
        var said = new LateAnswers { SaidAt = now, Answers = [.. changed.Select(change => new LateAnswer(change.Dead.Id, change.Found.Account))] };
        return Announcement.Of([Outgoing.Answered(Guid.CreateVersion7(time.GetUtcNow()), said)], time);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Change> changed, Announcement? announcement, CancellationToken cancellation)
    {
        if (changed.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new Columns<Change>(changed)
            .Add(NpgsqlDbType.Uuid, change => change.Dead.Id)
            .Add(NpgsqlDbType.Uuid, change => change.Found.WaitsFor)
            .Add(NpgsqlDbType.Text, change => change.Found.Account?.Text)
            .Command("update late_answers l set waits_for = n.waits_for, account_id = n.account_id from unnest({0}) n (id, waits_for, account_id) where l.dead_letter_id = n.id"));
        if (announcement is not null) batch.BatchCommands.Add(new(Announcement.Insert) { Parameters = { new() { Value = announcement.Id }, new() { Value = announcement.Encode() } } });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Where a dead version's claim leads.</summary>
    /// <param name="WaitsFor">The key whose change would matter.</param>
    /// <param name="Account">The admitted account; null where there is none.</param>
    private readonly record struct Found(Guid WaitsFor, AccountId? Account)
    {
        public static Found Of(Decision decision) => decision switch
        {
            Decision.Accept accept => new(ClaimKey.Of(accept.Account).Id, accept.Account),
            Decision.Park park => new(park.WaitsFor.Id, null),
            _ => throw new InvalidOperationException($"A claim alone is never refused: {decision}"),
        };
    }

    private sealed record Dead(Guid Id, ClaimKey Claim, string Source, DateTimeOffset ObservedAt, Found Before)
    {
        public static Dead Of(NpgsqlDataReader row) => new(
            row.GetGuid(0), new ClaimKey(ClaimNames.Find(row.GetString(1)) ?? ClaimKind.AccountId, row.GetString(2), row.GetString(3)), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
            new Found(row.GetGuid(6), row.TextOrNull(7) is { } account ? AccountId.Of(account) : null));
    }

    private sealed record Change(Dead Dead, Found Found);
}

/// <summary>What came of a page of the dead.</summary>
/// <param name="Announcement">What is to be said after the commit; null where nothing has changed.</param>
/// <param name="Size">How many were on it.</param>
/// <param name="Last">The last of them.</param>
public sealed record ReviewedPage(Announcement? Announcement, int Size, Guid Last);
