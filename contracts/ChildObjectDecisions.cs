namespace Pipeline.Contracts;

/// <summary>A child object was let in under an admitted account.</summary>
public sealed record ChildObjectAccepted
{
    public required string Source { get; init; }

    public required string ObjectType { get; init; }

    public required string NativeId { get; init; }

    /// <summary>The version that was let in.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    public required AccountId AccountId { get; init; }

    /// <summary>The claim that decided.</summary>
    public required Claim Claim { get; init; }

    public bool Deleted { get; init; }
}

/// <summary>A child object could not be used. The message itself, with its body, is in the queue of the dead.</summary>
public sealed record ChildObjectDeadLettered
{
    /// <summary>Null where the body could not be read that far.</summary>
    public string? Source { get; init; }

    public string? ObjectType { get; init; }

    public string? NativeId { get; init; }

    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>The id of the dead letter.</summary>
    public required Guid DeadLetterId { get; init; }

    /// <summary>A code of <see cref="Contracts.Reason"/>.</summary>
    public required string Reason { get; init; }

    public required string Sentence { get; init; }

    /// <summary>The key that never got an answer, where time ran out.</summary>
    public Claim? WaitedFor { get; init; }
}
