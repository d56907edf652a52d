using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Records;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>Looks at what rules would change, and changes nothing: every account is decided by them and compared with where it is now. One trial at a time.</summary>
public sealed class RulesTrial(NpgsqlDataSource database, RuleSets sets) : IDisposable
{
    private const int PageSize = 500;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    public RulesTrialProgress Progress { get; private set; } = new(0, 0);

    public async Task<RulesTrialReport> TryAsync(string yaml, CancellationToken cancellation)
    {
        var reading = RulesFile.Read(yaml);
        var version = (await sets.InForceAsync(cancellation)).Version;
        if (reading.Rules is not { } rules) return new TrialTally(null).Report(version, [.. reading.Mistakes.Select(mistake => mistake.ToString())]);
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            var tally = new TrialTally(rules);
            var systems = await AccountPages.SystemsAsync(database, rules.SystemOfRecord, cancellation);
            Progress = new(0, await AccountPages.CountAsync(database, systems, cancellation));
            var after = Guid.Empty;
            while (await PageAsync(rules, systems, after, tally, cancellation) is { } last) after = last;
            return tally.Report(version, []);
        }
        finally
        {
            Progress = new(0, 0);
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <returns>The key to go on from; null where there was nothing left.</returns>
    private async Task<Guid?> PageAsync(RuleSet rules, string[] systems, Guid after, TrialTally tally, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var page = await AccountPages.ReadAsync(connection, transaction, after, systems, PageSize, cancellation);
        if (page.Count == 0) return null;
        var standings = await StandingsAsync(connection, transaction, [.. page.Select(account => account.Key)], cancellation);
        foreach (var found in await CaseQuery.FactsAsync(connection, transaction, [.. page.Select(account => account.AccountId)], rules.SystemOfRecord, cancellation))
            tally.Take(found, standings.GetValueOrDefault(AccountSaga.IdOf(found.AccountId)));
        Progress = Progress with { Looked = Progress.Looked + page.Count };
        return page[^1].Key;
    }

    private static async Task<Dictionary<Guid, TriedStanding>> StandingsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] keys, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select id, current_state in ('Admitted', 'Contested'), coalesce('It waits for ' || (data ->> 'WaitsFor') || '.', data -> 'Reasons' -> 0 ->> 'Detail') from mt_doc_account where id = any($1)", connection, transaction)
        { Parameters = { new() { Value = keys } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var standings = new Dictionary<Guid, TriedStanding>();
        while (await rows.ReadAsync(cancellation)) standings[rows.GetGuid(0)] = new(rows.GetBoolean(1), rows.IsDBNull(2) ? null : rows.GetString(2));
        return standings;
    }
}
