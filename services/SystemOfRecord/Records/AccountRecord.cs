using Pipeline.Contracts;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>A version of an account-like record: when its system says it changed, and for two that say the same, the hash of their bodies.</summary>
public readonly record struct RecordVersion(DateTimeOffset ObservedAt, Guid Tie)
{
    public bool IsNewerThan(RecordVersion other) => ObservedAt != other.ObservedAt ? ObservedAt > other.ObservedAt : Tie.CompareTo(other.Tie) > 0;
}

/// <summary>One message about one record.</summary>
/// <param name="TraceParent">The span in which it was read; what follows from it belongs there.</param>
public sealed record AccountRecord(AccountDiscovered Message, RecordVersion Version, ReadOnlyMemory<byte> Body, string? MessageId, string? TraceParent)
{
    public Guid Key => KeyOf(Message.Source, Message.NativeId);

    /// <summary>The id that this version has among the dead, should it get there.</summary>
    public Guid DeadLetterId => StableId.Of("account-record", Key.ToString(), Version.ObservedAt.UtcTicks.ToString(), Version.Tie.ToString());

    public static Guid KeyOf(string source, string nativeId) => StableId.Of("record", source, nativeId);
}
