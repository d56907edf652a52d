using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Looks again at what is concerned by keys that lead elsewhere now: lets in what has waited, moves or takes out what was in. A
/// page of versions a transaction. Small keys share a page, a large one takes many. What was given up comes last: of that the office
/// is only told. A release is struck off with its last page; if the process dies before, it is done again, and finds only what is left.
/// </summary>
public sealed partial class Releaser(
    NpgsqlDataSource database, Reconsideration reconsideration, LateAnswerReview lateAnswers, AnnouncementRelay relay, WakeUp signal, ChildKinds kinds, TimeProvider time, ILogger<Releaser> log) : RepeatedWork(time, log)
{
    private const int PageSize = 1000;
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
        var (walk, after, afterDead) = (0, PagePlace.Start, Guid.Empty);
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            taken = PendingRelease.Filling(await PendingReleases.TakeAsync(connection, transaction, taken, PageSize, _reach, cancellation), PageSize);
            if (taken.Count == 0) return false;
            _reach = Math.Clamp(taken.Count * 2, ShortestReach, PageSize);

            // A walk that ends before its page is full shares the transaction with the next.
            var decided = new Reconsidered([], 0);
            var isFull = false;
            while (!isFull && walk < Walk.All.Count)
            {
                var (page, last) = await PageAsync(connection, transaction, Walk.All[walk], taken, after, cancellation);
                decided += await reconsideration.DecideAsync(connection, transaction, page, expiring: false, "evidence", cancellation);
                isFull = page.Count == PageSize;
                (walk, after) = isFull ? (walk, last) : (walk + 1, PagePlace.Start);
            }

            if (!isFull)
            {
                var (answers, reviewed, last) = await lateAnswers.PageAsync(connection, transaction, taken, afterDead, PageSize, cancellation);
                if (answers is not null) decided += new Reconsidered([answers], 0);
                (isFull, afterDead) = (reviewed == PageSize, last);
            }

            if (!isFull) await PendingReleases.StrikeAsync(connection, transaction, taken, cancellation);
            await transaction.CommitAsync("release", cancellation);

            foreach (var announcement in decided.Announcements) await relay.SayAsync(announcement);
            if (decided.Moved > 0) Released(decided.Moved, taken.Count);
            if (!isFull) return true;
        }
    }

    private async Task<(IReadOnlyList<Planning.StoredVersion> Page, PagePlace Last)> PageAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Walk walk, IReadOnlyList<PendingRelease> releases, PagePlace after, CancellationToken cancellation)
    {
        if (!releases.Any(release => walk.Key(release) is not null)) return ([], after);
        return await StoredVersions.ReadAsync(connection, transaction, walk.Page(releases, after, PageSize), kinds, cancellation);
    }

    [LoggerMessage(2101, LogLevel.Debug, "{Count} objects of {Keys} keys left their place")]
    private partial void Released(int count, int keys);
}
