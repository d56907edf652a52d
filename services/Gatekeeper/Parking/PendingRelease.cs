namespace Pipeline.Gatekeeper.Parking;

/// <summary>A key that got an answer while children waited for it.</summary>
/// <param name="Waiting">How many wait for it, counted no further than a page.</param>
public sealed record PendingRelease(Guid Id, Guid ClaimKey, int Waiting)
{
    /// <summary>The first of these, in order, that together fill no more than a page; at least one where there is one.</summary>
    public static IReadOnlyList<PendingRelease> Filling(IReadOnlyList<PendingRelease> pending, int pageSize)
    {
        var filled = 0;
        return [.. pending.TakeWhile((release, index) => (filled += release.Waiting) <= pageSize || index == 0)];
    }
}
