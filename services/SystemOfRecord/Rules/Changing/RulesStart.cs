using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>
/// Sees to it that there are rules before the first message: those of the file, in a database that has none. In any other the rules in
/// force stay, for a restart is no decision of a person; a file that differs is told of.
/// </summary>
internal sealed partial class RulesStart(NpgsqlDataSource database, RulesSetting setting, ILogger<RulesStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RuleSetTable.LockAsync(connection, transaction, cancellationToken);
        var newest = await RuleSetTable.NewestAsync(connection, transaction, cancellationToken);
        if (newest.Count == 0)
        {
            if (setting.Yaml is not { } yaml) throw new SettingsException("Rules:File is not set, and there are no rules yet. Name a rules file: docs/rules.md shows one.");
            var rules = RulesFile.Read(yaml).Rules! with { Version = 1 };
            var accounts = await AccountPages.CountAsync(database, [rules.SystemOfRecord], cancellationToken);
            await RuleSetTable.InsertAsync(connection, transaction, rules, new RulesOrder(yaml, "configuration", $"the first rules, of {Path.GetFileName(setting.Path)}"), null, accounts, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        else if (setting.Yaml is { } file && file != newest[0].Yaml) Differs(setting.Path!, newest[0].Line.Version);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2101, LogLevel.Warning, "{File} differs from the rules in force, version {Version}, which stay. `pipeline rules try` shows what the file would change, `pipeline rules apply` puts it into force.")]
    private partial void Differs(string file, int version);
}
