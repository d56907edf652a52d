namespace Pipeline.Gatekeeper.Deciding;

/// <summary>
/// A version of an object: when its system says it changed, to the microsecond, and for two that say the same, the hash of
/// their bodies, so that every replica orders them alike.
/// </summary>
public readonly record struct ObjectVersion(DateTimeOffset ObservedAt, Guid Tie) : IComparable<ObjectVersion>
{
    public int CompareTo(ObjectVersion other) => ObservedAt.CompareTo(other.ObservedAt) is var byTime and not 0 ? byTime : Tie.CompareTo(other.Tie);

    public static bool operator <(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectVersion left, ObjectVersion right) => left.CompareTo(right) >= 0;
}
