namespace Pipeline.Contracts.Operations;

/// <summary>A dead letter as the office lists it.</summary>
public sealed record DeadLetterLine(
    Guid Id, string Reason, string Sentence, string? Source, string? ObjectType, string? NativeId, string SourceQueue, DateTimeOffset FirstSeen, long Times, string? WaitedFor);
