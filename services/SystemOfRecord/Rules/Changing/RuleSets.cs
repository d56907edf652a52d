using System.Collections.Concurrent;
using Npgsql;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>Every set of rules that is or was in force, by its version. A set never changes, so one that was read is kept.</summary>
public sealed class RuleSets(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<int, RuleSet> _read = new();

    /// <exception cref="InvalidOperationException">There is no such version: the database is not the one that the version comes from.</exception>
    public async ValueTask<RuleSet> OfAsync(int version, CancellationToken cancellation)
    {
        if (_read.TryGetValue(version, out var known)) return known;
        await using var command = database.CreateCommand("select yaml from rule_sets where version = $1");
        command.Parameters.Add(new() { Value = version });
        var yaml = (string?)await command.ExecuteScalarAsync(cancellation) ?? throw new InvalidOperationException($"There are no rules of version {version} in this database.");
        var reading = RulesFile.Read(yaml);
        return _read[version] = (reading.Rules ?? throw new InvalidOperationException($"The rules of version {version} are not read any more: {reading.Mistakes[0]}")) with { Version = version };
    }

    public async Task<RuleSet> InForceAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select max(version) from rule_sets");
        return await OfAsync((int)(await command.ExecuteScalarAsync(cancellation))!, cancellation);
    }
}
