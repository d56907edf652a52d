using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>Puts rules into force. They decide from the next message on; all other accounts are decided anew by <see cref="Redecision"/>.</summary>
public sealed class RulesDesk(NpgsqlDataSource database, WakeUp redecision)
{
    /// <summary>Who has made rules that came from the configuration. No person is called so.</summary>
    public const string Configuration = "configuration";

    /// <returns>What stands in the way; null where the rules are in force.</returns>
    public async Task<string?> ApplyAsync(RulesOrder order, CancellationToken cancellation)
    {
        if (Incomplete(order.Author, order.Reason) is { } missing) return missing;
        var reading = RulesFile.Read(order.Yaml);
        if (reading.Rules is not { } rules) return string.Join("\n", reading.Mistakes);
        return await ChangeAsync(
            newest => newest[0].Yaml == order.Yaml ? new(null, $"These are the rules in force already: version {newest[0].Line.Version}.") : new(new Change(rules, order, null), null), cancellation);
    }

    /// <summary>Puts the rules before those in force into force again, as a new version. Undoing an undo brings them back.</summary>
    /// <returns>What stands in the way; null where it is done.</returns>
    public async Task<string?> UndoAsync(UndoOrder order, CancellationToken cancellation) =>
        Incomplete(order.Author, order.Reason) ?? await ChangeAsync(
            newest => newest is [_, var before]
                ? new(new Change(RulesFile.Read(before.Yaml).Rules!, new RulesOrder(before.Yaml, order.Author, order.Reason), before.Line.Version), null)
                : new(null, "These are the first rules. There is nothing to go back to."), cancellation);

    /// <summary>
    /// Takes the rules of the configuration's file: the first of a database, and those of a changed file as long as only the file has ever
    /// said who is let in. Where a person has applied others, these stay, for a restart is no decision.
    /// </summary>
    /// <returns>The version in force, where that of the file is not; else null.</returns>
    /// <exception cref="SettingsException">There are no rules yet, and no file.</exception>
    public async Task<int?> TakeAsync(RulesSetting file, CancellationToken cancellation)
    {
        int? differing = null;
        await ChangeAsync(
            newest =>
            {
                if (newest.Count == 0 && file.Yaml is null) throw new SettingsException("Rules:File is not set, and there are no rules yet. Name a rules file: docs/rules.md shows one.");
                if (file.Yaml is not { } yaml || (newest.Count > 0 && newest[0].Yaml == yaml)) return new(null, null);
                if (newest.Count == 0 || newest[0].Line.Author == Configuration)
                    return new(new Change(RulesFile.Read(yaml).Rules!, new RulesOrder(yaml, Configuration, $"what {Path.GetFileName(file.Path)} says at the start"), null), null);
                differing = newest[0].Line.Version;
                return new(null, null);
            },
            cancellation);
        return differing;
    }

    private sealed record Change(RuleSet Rules, RulesOrder Order, int? ReturnsTo);

    private readonly record struct Choice(Change? Change, string? Refusal);

    /// <summary>Two people at once change the rules one after the other.</summary>
    private async Task<string?> ChangeAsync(Func<IReadOnlyList<(RuleSetLine Line, string Yaml)>, Choice> choose, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RuleSetTable.LockAsync(connection, transaction, cancellation);
        var newest = await RuleSetTable.NewestAsync(connection, transaction, cancellation);
        var (change, refusal) = choose(newest);
        if (change is null) return refusal;
        var rules = change.Rules with { Version = newest.Count == 0 ? 1 : newest[0].Line.Version + 1 };
        var systems = await AccountPages.SystemsAsync(database, rules.SystemOfRecord, cancellation);
        await RuleSetTable.InsertAsync(connection, transaction, rules, change.Order, change.ReturnsTo, await AccountPages.CountAsync(database, systems, cancellation), cancellation);
        await transaction.CommitAsync("rules", cancellation);
        redecision.Raise();
        return null;
    }

    private static string? Incomplete(string? author, string? reason) =>
        string.IsNullOrWhiteSpace(author) || author == Configuration ? "Say who you are: the author is missing (--author NAME)." : string.IsNullOrWhiteSpace(reason) ? "Give a reason: others will read it." : null;
}
