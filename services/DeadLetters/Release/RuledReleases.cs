using Npgsql;
using Pipeline.DeadLetters.Audit;
using Pipeline.DeadLetters.Bulk;
using Pipeline.DeadLetters.Search;
using Pipeline.Hosting;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Release;

/// <summary>
/// Orders replays by the rules that are on. One operation of a rule at a time, which begins with one letter, then ten, then a hundred;
/// a rule whose operation was stopped because letters died again is switched off until a person has looked.
/// </summary>
internal sealed partial class RuledReleases(NpgsqlDataSource database, OperationDesk desk, WakeUp wake, TimeProvider time, ILogger<RuledReleases> log) : RepeatedWork(time, log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>The rule is held until the transaction ends, so that no two replicas count what it has done at once.</summary>
    private const string Take =
        """
        select name, query, most_a_day, pace, author, reason from release_rules where id = $1 and state = 'on' for update skip locked
        """;

    /// <summary>What its operations are at, and how much of its day it has used.</summary>
    private const string Done =
        """
        select coalesce(sum(letters) filter (where asked_at > statement_timestamp() - interval '1 day'), 0)::bigint, coalesce(bool_or(state in ('running', 'paused')), false),
            (array_agg(id order by asked_at desc) filter (where state = 'stopped' and asked_at > (select coalesce(changed_at, made_at) from release_rules where id = $1)))[1]
        from operations where rule_id = $1 and (state in ('running', 'paused', 'stopped') or asked_at > statement_timestamp() - interval '1 day')
        """;

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        foreach (var rule in await OnAsync(stopping)) await ReleaseAsync(rule, stopping);
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(LookEvery, Time, stopping);

    private async Task<IReadOnlyList<Guid>> OnAsync(CancellationToken stopping)
    {
        await using var command = database.CreateCommand("select id from release_rules where state = 'on' order by made_at, id");
        await using var rows = await command.ExecuteReaderAsync(stopping);
        var ids = new List<Guid>();
        while (await rows.ReadAsync(stopping)) ids.Add(rows.GetGuid(0));
        return ids;
    }

    private async Task ReleaseAsync(Guid id, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        if (await TakeAsync(connection, transaction, id, stopping) is not { } rule) return;
        var (today, isBusy, stopped) = await DoneAsync(connection, transaction, id, stopping);
        if (stopped is { } operation)
        {
            var why = $"operation {operation} was stopped: too many of its letters died again";
            await ReleaseRuleDesk.SwitchAsync(connection, transaction, rule.Name, on: false, why, "the office", new($"rule {rule.Name}", "rule", "switch off", $"release rule {rule.Name}", why, "done"), stopping);
            await transaction.CommitAsync(stopping);
            SwitchedOff(rule.Name, why);
            return;
        }

        if (isBusy || rule.MostADay <= today || !await AnyAsync(connection, transaction, rule, stopping)) return;
        if (await desk.MakeAsync(connection, transaction, rule.Ordered(rule.MostADay - today), id, rule.Name, stopping) is not { } made) return;
        await transaction.CommitAsync("ruled-release", stopping);
        wake.Raise();
        Released(rule.Name, made);
    }

    private static async Task<ReleaseRule?> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand(Take, connection, transaction) { Parameters = { new() { Value = id } } };
        await using var row = await command.ExecuteReaderAsync(stopping);
        if (!await row.ReadAsync(stopping)) return null;
        var criterion = SearchReader.Read(row.GetString(1)).Criterion ?? throw new InvalidOperationException($"The query of the release rule {row.GetString(0)} was read when it was made, and is not read now.");
        return new ReleaseRule(row.GetString(0), row.GetString(1), criterion, row.GetInt64(2), row.GetDouble(3), row.GetString(4), row.GetString(5));
    }

    private static async Task<(long Today, bool IsBusy, Guid? Stopped)> DoneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid id, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand(Done, connection, transaction) { Parameters = { new() { Value = id } } };
        await using var row = await command.ExecuteReaderAsync(stopping);
        await row.ReadAsync(stopping);
        return (row.GetInt64(0), row.GetBoolean(1), row.IdOrNull(2));
    }

    /// <summary>Whether there is a letter for it: an order for none would be written down and taken back at each look.</summary>
    private static async Task<bool> AnyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ReleaseRule rule, CancellationToken stopping)
    {
        var search = SearchSql.Of(ReleaseRule.Meaning(rule.Criterion));
        await using var command = new NpgsqlCommand($"select exists (select from {SearchSql.From} where {search.Condition})", connection, transaction);
        foreach (var parameter in search.Parameters) command.Parameters.Add(parameter);
        return await command.ExecuteScalarAsync(stopping) is true;
    }

    [LoggerMessage(1611, LogLevel.Information, "The release rule {Rule} replays what has an answer now: operation {Operation}")]
    private partial void Released(string rule, Guid operation);

    [LoggerMessage(1612, LogLevel.Warning, "The release rule {Rule} is off: {Why}")]
    private partial void SwitchedOff(string rule, string why);
}
