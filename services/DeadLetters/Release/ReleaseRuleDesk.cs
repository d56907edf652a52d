using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Audit;
using Pipeline.DeadLetters.Search;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Release;

/// <summary>Makes release rules, switches them and tells of them. A rule is never deleted, for what it did names it.</summary>
public sealed class ReleaseRuleDesk(NpgsqlDataSource database, TimeProvider time)
{
    private const string On = "on";
    private const string Off = "off";
    private const string Lines =
        """
        select r.name, r.state, r.query, r.most_a_day, r.pace, r.author, r.reason, r.made_at, r.why, r.changed_by, r.changed_at,
            (select coalesce(sum(o.letters), 0)::bigint from operations o where o.rule_id = r.id and o.asked_at > statement_timestamp() - interval '1 day')
        from release_rules r order by r.made_at, r.id limit 1000
        """;

    /// <returns>Why not; null where it is made, and on.</returns>
    public async Task<string?> MakeAsync(ReleaseRule rule, Caller caller, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "insert into release_rules (id, name, state, query, most_a_day, pace, author, reason) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name) do nothing", connection, transaction);
        foreach (var value in (object[])[Guid.CreateVersion7(time.GetUtcNow()), rule.Name, On, rule.Query, rule.MostADay, rule.Pace, rule.Author, rule.Reason]) command.Parameters.Add(new() { Value = value });
        if (await command.ExecuteNonQueryAsync(cancellation) == 0) return $"There is a rule {rule.Name} already. A rule stays as it was made: give another name, and switch the old one off.";
        await AuditTrail.AddAsync(connection, transaction, new(rule.Author, caller.RoleName, "make rule", $"release rule {rule.Name}", $"at most {rule.MostADay} a day; {(rule.Query.Length > 0 ? rule.Query : "all with an answer")}; {rule.Reason}", "done"), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <returns>Why not; null where it is switched.</returns>
    public async Task<string?> SwitchAsync(string name, bool on, string author, string? reason, Caller caller, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(author)) return "It says not who switches it: give an author.";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var why = on ? null : reason is { Length: > 0 } ? reason : $"switched off by {author}";
        if (!await SwitchAsync(connection, transaction, name, on, why, author, new(author, caller.RoleName, on ? "switch on" : "switch off", $"release rule {name}", reason, "done"), cancellation))
            return $"There is no rule {name} that is {(on ? Off : On)}.";
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Switches a rule in the caller's transaction, and notes it.</summary>
    /// <param name="why">Why it is off; null where it is to be on.</param>
    /// <param name="by">Who stands beside it as having switched it.</param>
    /// <returns>Whether it was not so before.</returns>
    internal static async Task<bool> SwitchAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string name, bool on, string? why, string by, AuditEntry entry, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "update release_rules set state = $2, why = $3, changed_by = $4, changed_at = clock_timestamp() where name = $1 and state <> $2", connection, transaction);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = on ? On : Off });
        command.Parameters.Add(new() { Value = (object?)why ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = by });
        if (await command.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await AuditTrail.AddAsync(connection, transaction, entry, cancellation);
        return true;
    }

    public async Task<IReadOnlyList<ReleaseRuleLine>> ListAsync(CancellationToken cancellation)
    {
        var lines = new List<ReleaseRuleLine>();
        await using (var command = database.CreateCommand(Lines))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation))
                lines.Add(new ReleaseRuleLine(
                    rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3), rows.GetDouble(4), rows.GetString(5), rows.GetString(6), rows.GetFieldValue<DateTimeOffset>(7),
                    rows.TextOrNull(8), rows.TextOrNull(9), rows.TimeOrNull(10), rows.GetInt64(11), Held: 0));
        for (var index = 0; index < lines.Count; index++)
            if (lines[index] is var line && (line.State == Off || line.Today >= line.MostADay) && SearchReader.Read(line.Query).Criterion is { } criterion)
                lines[index] = line with { Held = await LetterQuery.CountAsync(database, ReleaseRule.Meaning(criterion), cancellation) };
        return lines;
    }
}
