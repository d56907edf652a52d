using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Looks again at what is concerned by keys that lead elsewhere now, where that is much, or nobody has done it at once
/// (<see cref="ReleasePages"/>): a page a transaction. Small keys share a page, a large one takes many. If the process dies
/// before the last page, the release is done again, and finds only what is left.
/// </summary>
public sealed partial class Releaser(NpgsqlDataSource database, ReleasePages pages, AnnouncementRelay relay, WakeUp signal, TimeProvider time, ILogger<Releaser> log) : RepeatedWork(time, log)
{
    private const int ShortestReach = 50;

    /// <summary>How many releases are looked at to fill a page: as many as filled the last one, and some. To count for all what few can use costs more than the rest.</summary>
    private int _reach = ShortestReach;

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
        IReadOnlyList<PendingRelease>? taken = null;
        ReleasePlace? place = ReleasePlace.Start;
        while (place is { } from)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            taken = await (taken is null ? TakeAsync(connection, transaction, cancellation) : PendingReleases.TakeAgainAsync(connection, transaction, taken, cancellation));
            if (taken.Count == 0) return false;

            (var decided, place) = await pages.WorkAsync(connection, transaction, taken, from, cancellation);
            await transaction.CommitAsync("release", cancellation);

            foreach (var announcement in decided.Announcements) await relay.SayAsync(announcement);
            if (decided.Moved > 0) Released(decided.Moved, taken.Count);
        }

        return true;
    }

    private async Task<IReadOnlyList<PendingRelease>> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var taken = PendingRelease.Filling(await PendingReleases.TakeAsync(connection, transaction, ReleasePages.Size, _reach, cancellation), ReleasePages.Size);
        if (taken.Count > 0) _reach = Math.Clamp(taken.Count * 2, ShortestReach, ReleasePages.Size);
        return taken;
    }

    [LoggerMessage(2101, LogLevel.Debug, "{Count} objects of {Keys} keys left their place")]
    private partial void Released(int count, int keys);
}
