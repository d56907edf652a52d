namespace Pipeline.Contracts;

/// <summary>A child object was let in under an admitted account.</summary>
public sealed record ChildObjectAccepted
{
    /// <summary>The system that the object lives in.</summary>
    public required string Source { get; init; }

    /// <summary>What the object is in that system.</summary>
    public required string ObjectType { get; init; }

    /// <summary>The object's id inside its system.</summary>
    public required string NativeId { get; init; }

    /// <summary>The version that was let in.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The account that it belongs to.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The account that the object was under before, where what its claim leads to has changed.</summary>
    public AccountId? MovedFrom { get; init; }

    /// <summary>The claim that decided.</summary>
    public required Claim Claim { get; init; }

    /// <summary>Whether this version says that the object was deleted.</summary>
    public bool Deleted { get; init; }
}

/// <summary>
/// A child object was let in and is in no longer: what its claim leads to has changed. It is kept, and let in again when its
/// claim has one answer. An account that is withdrawn takes its children out of view without a word on each.
/// </summary>
public sealed record ChildObjectWithdrawn
{
    /// <summary>The system that the object lives in.</summary>
    public required string Source { get; init; }

    /// <summary>What the object is in that system.</summary>
    public required string ObjectType { get; init; }

    /// <summary>The object's id inside its system.</summary>
    public required string NativeId { get; init; }

    /// <summary>The version that waits now.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The account that it was under.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The key that it waits for; left out where it waits for none.</summary>
    public Claim? WaitsFor { get; init; }

    /// <summary>Whether that key leads to more than one account.</summary>
    public bool Ambiguous { get; init; }
}

/// <summary>A child object could not be used. The message itself, with its body, is in the queue of the dead.</summary>
public sealed record ChildObjectDeadLettered
{
    /// <summary>Null where the body could not be read that far.</summary>
    public string? Source { get; init; }

    /// <summary>Null where the body could not be read that far.</summary>
    public string? ObjectType { get; init; }

    /// <summary>Null where the body could not be read that far.</summary>
    public string? NativeId { get; init; }

    /// <summary>The version; null where the body could not be read that far.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>The id of the dead letter.</summary>
    public required Guid DeadLetterId { get; init; }

    /// <summary>A code of <see cref="Contracts.Reason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What was seen, what it means, and what to do.</summary>
    public required string Sentence { get; init; }

    /// <summary>The key that never got an answer, where time ran out.</summary>
    public Claim? WaitedFor { get; init; }
}
