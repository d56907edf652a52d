namespace Pipeline.Gatekeeper.Parking;

/// <summary>Something that is to be looked at again: all that a key concerns, or one object.</summary>
/// <param name="ClaimKey">The key; null for an object.</param>
/// <param name="ObjectKey">The object; null for a key.</param>
/// <param name="Resting">Whether what rests on the key is looked at too.</param>
/// <param name="Since">Of what rests on it, only what is of this time or later.</param>
/// <param name="Size">How many versions it concerns, counted no further than a page.</param>
public sealed record PendingRelease(Guid Id, Guid? ClaimKey, Guid? ObjectKey, bool Resting, DateTimeOffset? Since, int Size)
{
    /// <summary>The first of these, in order, that together fill no more than a page; at least one where there is one.</summary>
    public static IReadOnlyList<PendingRelease> Filling(IReadOnlyList<PendingRelease> pending, int pageSize)
    {
        var filled = 0;
        return [.. pending.TakeWhile((release, index) => (filled += release.Size) <= pageSize || index == 0)];
    }
}
