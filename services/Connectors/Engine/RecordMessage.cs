using Pipeline.Contracts;

namespace Pipeline.Connectors.Engine;

/// <summary>
/// One record on its way out: to its exchange, or to the dead letters.
/// </summary>
/// <param name="Id">Derived from the record, so that the same change has the same id however often it is read.</param>
/// <param name="Body">The message, or the record as the system sent it.</param>
/// <param name="Source">The system.</param>
/// <param name="ObjectType">"account" for accounts; for what could not be mapped, the name of its feed.</param>
/// <param name="NativeId">Null where the record could not be read that far.</param>
public abstract record RecordMessage(Guid Id, ReadOnlyMemory<byte> Body, string Source, string ObjectType, string? NativeId)
{
    /// <summary>A message that its exchange takes.</summary>
    public sealed record Published(string Exchange, Guid Id, ReadOnlyMemory<byte> Body, string Source, string ObjectType, string NativeId, DateTimeOffset ObservedAt)
        : RecordMessage(Id, Body, Source, ObjectType, NativeId);

    /// <summary>A record that could not be turned into a message.</summary>
    public sealed record Unmappable(Refusal Refusal, Guid Id, ReadOnlyMemory<byte> Body, string Source, string ObjectType, string? NativeId)
        : RecordMessage(Id, Body, Source, ObjectType, NativeId);
}

/// <summary>The edge to the broker.</summary>
public interface IPublishRecords
{
    /// <summary>
    /// Returns when the broker has confirmed every message. If it throws, any part of them may have been published; saying
    /// them again, with the same ids, is safe.
    /// </summary>
    Task PublishAsync(IReadOnlyList<RecordMessage> messages, CancellationToken cancellation);
}
