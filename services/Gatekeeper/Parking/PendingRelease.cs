namespace Pipeline.Gatekeeper.Parking;

/// <summary>Something that is to be looked at again: all that a key concerns, or one object.</summary>
/// <param name="ClaimKey">The key; null for an object.</param>
/// <param name="ObjectKey">The object; null for a key.</param>
/// <param name="Since">Of what rests on the key, only what is of this time or later.</param>
/// <param name="Found">What it concerns, as it was when the release was taken.</param>
public sealed record PendingRelease(Guid Id, Guid? ClaimKey, Guid? ObjectKey, DateTimeOffset? Since, Concerned Found)
{
    /// <summary>The first of these, in order, that together fill no more than a page; at least one where there is one.</summary>
    public static IReadOnlyList<PendingRelease> Filling(IReadOnlyList<PendingRelease> pending, int pageSize)
    {
        var filled = 0;
        return [.. pending.TakeWhile((release, index) => (filled += release.Found.Size) <= pageSize || index == 0)];
    }
}

/// <summary>What a key concerns, so that nothing is looked for where there is none: most releases free what waits, and no more.</summary>
/// <param name="Waiting">Versions that wait for the key, counted no further than a page.</param>
/// <param name="Resting">Objects that are in by it, counted likewise.</param>
/// <param name="Elsewhere">Whether versions that it decides wait for another key.</param>
/// <param name="Events">Whether events are in by it.</param>
/// <param name="Corrected">Whether it is an account_id that somebody has corrected, now or before.</param>
/// <param name="GivenUp">Whether something waited for it in vain.</param>
public readonly record struct Concerned(int Waiting, int Resting = 0, bool Elsewhere = false, bool Events = false, bool Corrected = false, bool GivenUp = false)
{
    public int Size => Waiting + Resting;

    /// <summary>Whether the size is all that it concerns.</summary>
    public bool IsCounted => !Elsewhere && !Events && !Corrected && !GivenUp;
}
