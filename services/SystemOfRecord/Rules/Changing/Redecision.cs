using Npgsql;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;
using Pipeline.SystemOfRecord.Records;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>
/// After a change of the rules, has every account decided anew: a page of cases a transaction, which also keeps how far it is. Who dies
/// in between leaves it to the next start, or to another replica; messages go on meanwhile and are decided by the new rules already.
/// </summary>
internal sealed class Redecision(NpgsqlDataSource database, RuleSets rules, AnnouncementRelay relay, WakeUp wake, TimeProvider time, ILogger<Redecision> log) : RepeatedWork(time, log)
{
    private const int PageSize = 500;

    private static readonly TimeSpan LookForYourself = TimeSpan.FromSeconds(5);

    private const string Unfinished = "select version, decided_to from rule_sets where version = (select max(version) from rule_sets) and finished_at is null";

    private const string Advance = "update rule_sets set decided_to = $2, decided = decided + $3 where version = $1";

    /// <summary>A set that was changed again before all were decided is finished with the one that followed.</summary>
    private const string Finish = "update rule_sets set finished_at = clock_timestamp() where version <= $1 and finished_at is null";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await PageAsync(stopping))
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => wake.WaitAsync(LookForYourself, Time, stopping);

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> PageAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await UnfinishedAsync(connection, transaction, cancellation) is null) return false; // without the lock: there hardly ever is one
        await RuleSetTable.LockAsync(connection, transaction, cancellation);
        if (await UnfinishedAsync(connection, transaction, cancellation) is not { } unfinished) return true;

        var set = await rules.OfAsync(unfinished.Version, cancellation);
        var page = await AccountPages.ReadAsync(
            connection, transaction, unfinished.DecidedTo, await AccountPages.SystemsAsync(database, set.SystemOfRecord, cancellation), PageSize, cancellation);
        if (page.Count == 0)
        {
            await new NpgsqlCommand(Finish, connection, transaction) { Parameters = { new() { Value = set.Version } } }.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return false;
        }

        var announcement = await DecideAsync(connection, transaction, page, set, cancellation);
        await transaction.CommitAsync("redecision", cancellation);
        await relay.SayAsync(announcement);
        return true;
    }

    private async Task<Announcement> DecideAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<(Guid Key, string AccountId)> page, RuleSet set, CancellationToken cancellation)
    {
        var cases = await CaseQuery.GatherAsync(connection, transaction, [.. page.Select(account => account.AccountId)], set, cancellation);
        var announcement = Announcement.Of([.. cases.Select(found => CaseMessage.Of(found, null))], Time);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(Announcement.Insert) { Parameters = { new() { Value = announcement.Id }, new() { Value = announcement.Encode() } } },
                new(Advance) { Parameters = { new() { Value = set.Version }, new() { Value = page[^1].Key }, new() { Value = (long)page.Count } } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        return announcement;
    }

    private static async Task<(int Version, Guid DecidedTo)?> UnfinishedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Unfinished, connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? (rows.GetInt32(0), rows.GetGuid(1)) : null;
    }
}
