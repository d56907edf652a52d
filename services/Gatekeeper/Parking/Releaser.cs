using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Gatekeeper.Events;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Lets in what has waited for keys that now have an answer: a page of rows a transaction, oldest first. Small keys share a
/// page, a large one takes many. A release is struck off with its last page; if the process dies before, it is done again,
/// and finds only what is left.
/// </summary>
public sealed partial class Releaser(
    NpgsqlDataSource database, Reconsideration reconsideration, AnnouncementRelay relay, WakeUp signal, UsageEvents events, TimeProvider time, ILogger<Releaser> log) : RepeatedWork(time, log)
{
    private const int PageSize = 1000;
    private static readonly TimeSpan LookAround = TimeSpan.FromMilliseconds(500);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await ReleaseSomeAsync(stopping))
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => signal.WaitAsync(LookAround, Time, stopping);

    /// <summary>Takes releases that no other replica has in hand, as many as fill a page, and works them off.</summary>
    private async Task<bool> ReleaseSomeAsync(CancellationToken cancellation)
    {
        var after = (ParkedAt: DateTimeOffset.MinValue, ObjectKey: Guid.Empty);
        IReadOnlyList<PendingRelease>? taken = null;
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            taken = PendingRelease.Filling(await PendingReleases.TakeAsync(connection, transaction, taken, PageSize, cancellation), PageSize);
            if (taken.Count == 0) return false;

            var rows = await PageAsync(connection, transaction, taken, after, cancellation);
            var decided = await reconsideration.DecideAsync(connection, transaction, rows, expiring: false, "evidence", cancellation);
            var isLast = rows.Count < PageSize;
            if (isLast) await PendingReleases.StrikeAsync(connection, transaction, taken, cancellation);
            await transaction.CommitAsync(cancellation);

            foreach (var announcement in decided.Announcements) await relay.SayAsync(announcement, cancellation);
            if (decided.Moved > 0) Released(decided.Moved, taken.Count);
            if (isLast) return true;
            after = (rows[^1].Since.ParkedAt, rows[^1].Child.ObjectKey);
        }
    }

    private async Task<IReadOnlyList<ParkedRow>> PageAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> releases, (DateTimeOffset ParkedAt, Guid ObjectKey) after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ParkedRows.WaitingFor, connection, transaction)
        {
            Parameters =
            {
                new() { Value = releases.Select(release => release.ClaimKey).Distinct().ToArray() },
                new() { Value = after.ParkedAt }, new() { Value = after.ObjectKey }, new() { Value = PageSize },
            },
        };
        return await ParkedRows.ReadAsync(command, events, cancellation);
    }

    [LoggerMessage(2101, LogLevel.Debug, "{Count} parked objects of {Keys} keys left their place")]
    private partial void Released(int count, int keys);
}
