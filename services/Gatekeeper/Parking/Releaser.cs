using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Lets in what has waited for a key that now has an answer: a page of rows a transaction, oldest first. The release is
/// struck off with its last page; if the process dies before, it is done again, and finds only what is left.
/// </summary>
public sealed partial class Releaser(
    NpgsqlDataSource database, Reconsideration reconsideration, AnnouncementRelay relay, ReleaseSignal signal, TimeProvider time, ILogger<Releaser> log) : BackgroundService
{
    private const int PageSize = 1000;
    private static readonly TimeSpan LookAround = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ReleaseOneAsync(stoppingToken))
                {
                }

                await signal.WaitAsync(LookAround, time, stoppingToken);
            }
            catch (Exception exception) when (Transient.Is(exception) && !stoppingToken.IsCancellationRequested)
            {
                if (exception is not WriteConflictException) Postponed(exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(exception is WriteConflictException ? 5 : 500), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Takes one release that no other replica has in hand, and works it off.</summary>
    private async Task<bool> ReleaseOneAsync(CancellationToken cancellation)
    {
        var after = (ParkedAt: DateTimeOffset.MinValue, ObjectKey: Guid.Empty);
        Guid? release = null;
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            if (await TakeAsync(connection, transaction, release, cancellation) is not { } taken) return release is not null;
            release = taken.Id;

            var rows = await PageAsync(connection, transaction, taken.ClaimKey, after, cancellation);
            var (announcement, moved) = rows.Count == 0 ? (null, 0) : await reconsideration.DecideAsync(connection, transaction, rows, expiring: false, taken.Trigger, cancellation);
            var isLast = rows.Count < PageSize;
            if (isLast) await StrikeAsync(connection, transaction, taken.Id, cancellation);
            await transaction.CommitAsync(cancellation);

            if (announcement is not null) await relay.SayAsync(announcement, cancellation);
            if (moved > 0) Released(moved);
            if (isLast) return true;
            after = (rows[^1].Since.ParkedAt, rows[^1].Child.ObjectKey);
        }
    }

    private static async Task<Taken?> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid? same, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select id, claim_key, trigger from releases where $1::uuid is null or id = $1 order by requested_at, id limit 1 for update skip locked", connection, transaction);
        command.Parameters.Add(new() { Value = (object?)same ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? new Taken(rows.GetGuid(0), rows.GetGuid(1), rows.GetString(2)) : null;
    }

    private static async Task<IReadOnlyList<ParkedRow>> PageAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid claimKey, (DateTimeOffset ParkedAt, Guid ObjectKey) after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ParkedRows.WaitingFor, connection, transaction)
        {
            Parameters = { new() { Value = claimKey }, new() { Value = after.ParkedAt }, new() { Value = after.ObjectKey }, new() { Value = PageSize } },
        };
        return await ParkedRows.ReadAsync(command, cancellation);
    }

    private static async Task StrikeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid release, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("delete from releases where id = $1", connection, transaction) { Parameters = { new() { Value = release } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Taken(Guid Id, Guid ClaimKey, string Trigger);

    [LoggerMessage(2101, LogLevel.Debug, "{Count} parked objects left their place")]
    private partial void Released(int count);

    [LoggerMessage(2102, LogLevel.Warning, "Releasing is postponed: {Why}")]
    private partial void Postponed(string why);
}
