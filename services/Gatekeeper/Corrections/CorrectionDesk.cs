using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Corrections;

/// <summary>Takes corrections from people: checks what they ask for, and says what stands in the way.</summary>
public sealed class CorrectionDesk(NpgsqlDataSource database, CorrectionWriter writer, TimeProvider time)
{
    private const string Listed =
        """
        select correction_id, source, kind, system, value, account_id, author, reason, made_at, undone_by, undone_reason, undone_at,
            (select count(*) from (select from parked p where p.waits_for = c.claim_key and p.source = c.source limit 100000) waiting)
        from corrections c order by undone_at is not null, made_at desc limit 1000
        """;

    /// <returns>What is wrong with it; null where it is made.</returns>
    public async Task<string?> MakeAsync(CorrectionOrder order, CancellationToken cancellation)
    {
        if (Incomplete(order.Author, order.Reason) is { } missing) return missing;
        if (string.IsNullOrWhiteSpace(order.Source) || string.IsNullOrWhiteSpace(order.Claim.Value)) return "Name the source and the value that it writes.";
        if (StatedAccountId.Of(order.AccountId).Value is not { } account) return "Name the account_id that is meant.";
        var key = ClaimKey.Of(order.Claim, order.Source);
        if (key == ClaimKey.Of(account)) return "The value and the account_id are the same text. There is nothing to correct.";
        if (await StandingAsync(ClaimKey.Of(account).Id, cancellation) is null) return $"No account {account} has been decided on, so nothing can mean it. See `pipeline accounts show`.";
        if (key.Kind == ClaimKind.AccountId && await StandingAsync(key.Id, cancellation) is { } standing)
            return $"{key.Value} is an account of its own ({standing}), and both may be right. A value that is an account is not corrected.";
        var made = await writer.MakeAsync(new Correction(Guid.CreateVersion7(time.GetUtcNow()), order.Source, key, account, order.Author, order.Reason), cancellation);
        return made ? null : $"{DeadLetter.Text(key.ToClaim())} of {order.Source} has a correction in force. Undo that one first: `pipeline corrections list` tells its id.";
    }

    /// <returns>What is wrong with it; null where it is undone.</returns>
    public async Task<string?> UndoAsync(Guid id, UndoOrder order, CancellationToken cancellation) =>
        Incomplete(order.Author, order.Reason) ?? (await writer.UndoAsync(new Undoing(id, order.Author, order.Reason), cancellation) ? null : $"There is no correction {id} in force.");

    public async Task<IReadOnlyList<CorrectionLine>> ListAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Listed);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<CorrectionLine>();
        while (await rows.ReadAsync(cancellation))
        {
            var key = new ClaimKey(ClaimNames.Find(rows.GetString(2)) ?? ClaimKind.AccountId, rows.GetString(3), rows.GetString(4));
            lines.Add(new CorrectionLine(
                rows.GetGuid(0), rows.GetString(1), DeadLetter.Text(key.ToClaim()), rows.GetString(5), rows.GetString(6), rows.GetString(7), rows.GetFieldValue<DateTimeOffset>(8),
                rows.TextOrNull(9), rows.TextOrNull(10), rows.TimeOrNull(11), rows.GetInt64(12)));
        }

        return lines;
    }

    private static string? Incomplete(string? author, string? reason) =>
        string.IsNullOrWhiteSpace(author) ? "Say who you are: the author is missing (--author NAME)." : string.IsNullOrWhiteSpace(reason) ? "Give a reason: others will read it." : null;

    private async Task<string?> StandingAsync(Guid accountKey, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select standing from accounts where account_key = $1");
        command.Parameters.Add(new() { Value = accountKey });
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }
}
