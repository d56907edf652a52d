using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>Takes rules from people and puts them into force. What is in force decides from the next message on; all other accounts are decided anew by <see cref="Redecision"/>.</summary>
public sealed class RulesDesk(NpgsqlDataSource database, WakeUp redecision)
{
    /// <returns>What stands in the way; null where the rules are in force.</returns>
    public async Task<string?> ApplyAsync(RulesOrder order, CancellationToken cancellation)
    {
        if (Incomplete(order.Author, order.Reason) is { } missing) return missing;
        var reading = RulesFile.Read(order.Yaml);
        if (reading.Rules is not { } rules) return string.Join("\n", reading.Mistakes);
        return await ChangeAsync(newest => newest[0].Yaml == order.Yaml
            ? (null, $"These are the rules in force already: version {newest[0].Line.Version}.")
            : (new Change(rules, order, null), null), cancellation);
    }

    /// <summary>Puts the rules before those in force into force again, as a new version. Undoing an undo brings them back.</summary>
    /// <returns>What stands in the way; null where it is done.</returns>
    public async Task<string?> UndoAsync(UndoOrder order, CancellationToken cancellation) =>
        Incomplete(order.Author, order.Reason) ?? await ChangeAsync(newest => newest is [_, var before]
            ? (new Change(RulesFile.Read(before.Yaml).Rules!, new RulesOrder(before.Yaml, order.Author, order.Reason), before.Line.Version), null)
            : (null, "These are the first rules. There is nothing to go back to."), cancellation);

    private sealed record Change(RuleSet Rules, RulesOrder Order, int? ReturnsTo);

    /// <summary>Two people at once change the rules one after the other.</summary>
    private async Task<string?> ChangeAsync(Func<IReadOnlyList<(RuleSetLine Line, string Yaml)>, (Change? Change, string? Refusal)> decide, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RuleSetTable.LockAsync(connection, transaction, cancellation);
        var newest = await RuleSetTable.NewestAsync(connection, transaction, cancellation);
        var (change, refusal) = decide(newest);
        if (change is null) return refusal;
        var rules = change.Rules with { Version = newest[0].Line.Version + 1 };
        var systems = await AccountPages.SystemsAsync(database, rules.SystemOfRecord, cancellation);
        await RuleSetTable.InsertAsync(connection, transaction, rules, change.Order, change.ReturnsTo, await AccountPages.CountAsync(database, systems, cancellation), cancellation);
        await transaction.CommitAsync(cancellation);
        redecision.Raise();
        return null;
    }

    private static string? Incomplete(string? author, string? reason) =>
        string.IsNullOrWhiteSpace(author) ? "Say who you are." : string.IsNullOrWhiteSpace(reason) ? "Give a reason: others will read it." : null;
}
