using Npgsql;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Works releases off, a page of versions in the caller's transaction: lets in what has waited, moves or takes out what was in. What was
/// given up comes last: of that the office is only told. Releases are struck off with their last page, so that one that was broken off
/// is done again, and finds only what is left.
/// </summary>
public sealed class ReleasePages(Reconsideration reconsideration, LateAnswerReview lateAnswers, ChildKinds kinds)
{
    /// <summary>Versions a page.</summary>
    public const int Size = 1000;

    /// <summary>Versions that are few enough to be let in while nobody else gets past the gate: some hundredths of a second.</summary>
    internal const int Few = 250;

    private const int FewReleases = 50;

    /// <summary>
    /// Works off what has just been asked for in the transaction that asks, if that is all there is and it is little. So whoever is
    /// admitted has its children in at once, without a second commit and a second turn at the gate.
    /// </summary>
    /// <returns>What came of it, and whether nothing is left; what is left is the releaser's.</returns>
    public async Task<(Reconsidered Decided, bool IsAll)> WorkOffFewAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var pending = await PendingReleases.TakeAsync(connection, transaction, Few + 1, FewReleases + 1, cancellation);
        var areFew = pending.Count <= FewReleases && pending.All(release => release.ClaimKey is not null && release.Found.IsCounted) && pending.Sum(release => release.Found.Size) <= Few;
        if (!areFew) return (Reconsidered.Nothing, false);
        var (decided, rest) = await WorkAsync(connection, transaction, pending, ReleasePlace.Start, cancellation);
        return (decided, rest is null);
    }

    /// <summary>Works off a page of these releases.</summary>
    /// <returns>What came of it, and where the next page begins; null where there is none.</returns>
    public async Task<(Reconsidered Decided, ReleasePlace? Next)> WorkAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PendingRelease> releases, ReleasePlace place, CancellationToken cancellation)
    {
        var (walk, after, _) = place;
        var decided = Reconsidered.Nothing;
        for (; walk < Walk.All.Count; (walk, after) = (walk + 1, PagePlace.Start)) // a walk that ends before its page is full shares the transaction with the next
        {
            if (!releases.Any(release => Walk.All[walk].Key(release) is not null)) continue;
            var page = Walk.All[walk].InOrder(await StoredVersions.ReadAsync(connection, transaction, Walk.All[walk].Page(releases, after, Size), kinds, cancellation));
            decided += await reconsideration.DecideAsync(connection, transaction, page.StillThere(), expiring: false, "evidence", cancellation);
            if (page.Count == Size) return (decided, new ReleasePlace(walk, page[^1].Place, Guid.Empty));
        }

        var (answers, reviewed, lastDead) = await lateAnswers.PageAsync(connection, transaction, releases, place.AfterDead, Size, cancellation);
        if (answers is not null) decided += new Reconsidered([answers], 0);
        if (reviewed == Size) return (decided, new ReleasePlace(walk, PagePlace.Start, lastDead));
        await PendingReleases.StrikeAsync(connection, transaction, releases, cancellation);
        return (decided, null);
    }
}

/// <summary>How far the work on some releases has come.</summary>
/// <param name="Walk">Which walk is to be gone on with; beyond the last, it is the dead.</param>
/// <param name="After">The last version of it that was looked at.</param>
/// <param name="AfterDead">The last of the dead that was.</param>
public readonly record struct ReleasePlace(int Walk, PagePlace After, Guid AfterDead)
{
    public static readonly ReleasePlace Start = new(0, PagePlace.Start, Guid.Empty);
}
