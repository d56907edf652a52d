using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.SystemOfRecord.Records;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>The sets of rules as they are kept.</summary>
internal static class RuleSetTable
{
    private const string Line = "select version, author, reason, applied_at, returns_to, accounts, decided, finished_at, yaml from rule_sets";

    public static async Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(OneWriter.Lock, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<RuleSetLine>> ListAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{Line} order by version desc limit 1000");
        return [.. (await ReadAsync(command, cancellation)).Select(set => set.Line)];
    }

    /// <param name="version">Null for the one in force.</param>
    public static async Task<RuleSetReport?> FindAsync(NpgsqlDataSource database, int? version, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{Line} where version in ($1, (select max(version) from rule_sets)) order by version");
        command.Parameters.Add(new() { Value = version ?? 0 });
        var sets = await ReadAsync(command, cancellation);
        if (sets.Count == 0) return null;
        var (line, yaml) = sets[0];
        return version is null ? new(sets[^1].Line, true, sets[^1].Yaml) : line.Version == version ? new(line, sets.Count == 1, yaml) : null;
    }

    /// <summary>The newest sets within the lock of a change, the one in force first.</summary>
    public static async Task<IReadOnlyList<(RuleSetLine Line, string Yaml)>> NewestAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"{Line} order by version desc limit 2", connection, transaction);
        return await ReadAsync(command, cancellation);
    }

    public static async Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RuleSet rules, RulesOrder order, int? returnsTo, long accounts, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into rule_sets (version, system_of_record, yaml, author, reason, returns_to, accounts) values ($1, $2, $3, $4, $5, $6, $7)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = rules.Version }, new() { Value = rules.SystemOfRecord }, new() { Value = order.Yaml }, new() { Value = order.Author }, new() { Value = order.Reason },
                new() { Value = (object?)returnsTo ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer }, new() { Value = accounts },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<(RuleSetLine Line, string Yaml)>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var sets = new List<(RuleSetLine, string)>();
        while (await rows.ReadAsync(cancellation))
            sets.Add((new RuleSetLine(
                rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3), rows.IsDBNull(4) ? null : rows.GetInt32(4), rows.GetInt64(5), rows.GetInt64(6),
                rows.IsDBNull(7) ? null : rows.GetFieldValue<DateTimeOffset>(7)), rows.GetString(8)));
        return sets;
    }
}
