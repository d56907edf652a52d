using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Corrections;

/// <summary>Writes corrections and takes them back, alone behind the gate, and has all that they concern looked at again.</summary>
public sealed class CorrectionWriter(NpgsqlDataSource database, Hosting.WakeUp signal)
{
    private const string Make =
        """
        insert into corrections (correction_id, claim_key, source, kind, system, value, account_key, account_id, author, reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
        """;

    private const string Undo =
        """
        update corrections set undone_by = $2, undone_reason = $3, undone_at = clock_timestamp() where correction_id = $1 and undone_at is null returning claim_key
        """;

    /// <summary>The key itself, and each key that leads to the corrected account_id as that source has written it.</summary>
    private const string Concerned =
        """
        select $1::uuid union select claim_key from bindings where account_key = $1 union select claim_key from user_links where account_key = $1
        """;

    /// <returns>Whether it is in force now and was not before; not where the same value of the same source has a correction already.</returns>
    public Task<bool> MakeAsync(Correction correction, CancellationToken cancellation) => ChangeAsync(
        new NpgsqlBatchCommand(Make)
        {
            Parameters =
            {
                new() { Value = correction.Id }, new() { Value = correction.Key.Id }, new() { Value = correction.Source }, new() { Value = ClaimNames.Of(correction.Key.Kind) },
                new() { Value = correction.Key.System }, new() { Value = correction.Key.Value }, new() { Value = ClaimKey.Of(correction.Account).Id }, new() { Value = correction.Account.Text },
                new() { Value = correction.Author }, new() { Value = correction.Reason },
            },
        }, correction.Key.Id, cancellation);

    /// <returns>Whether it was in force.</returns>
    public Task<bool> UndoAsync(Undoing undoing, CancellationToken cancellation) => ChangeAsync(
        new NpgsqlBatchCommand(Undo) { Parameters = { new() { Value = undoing.CorrectionId }, new() { Value = undoing.Author }, new() { Value = undoing.Reason } } }, null, cancellation);

    private async Task<bool> ChangeAsync(NpgsqlBatchCommand change, Guid? claimKey, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new(GateLock.Alone), change } };
        await using (var rows = await batch.ExecuteReaderAsync(cancellation))
        {
            await rows.NextResultAsync(cancellation);
            if (claimKey is null && await rows.ReadAsync(cancellation)) claimKey = rows.GetGuid(0);
        }

        if (change.RecordsAffected == 0 || claimKey is not { } key) return false;
        await AskAsync(connection, transaction, key, cancellation);
        await transaction.CommitAsync("correction", cancellation);
        signal.Raise();
        return true;
    }

    private static async Task AskAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid key, CancellationToken cancellation)
    {
        var keys = new List<ChangedKey>();
        await using (var command = new NpgsqlCommand(Concerned, connection, transaction) { Parameters = { new() { Value = key } } })
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation)) keys.Add(new ChangedKey(rows.GetGuid(0)));
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { ReleaseTable.Ask(keys) } };
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
