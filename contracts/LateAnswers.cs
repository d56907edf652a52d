namespace Pipeline.Contracts;

/// <summary>
/// What the keys that dead letters waited for in vain lead to now: said to the office by the gatekeeper each time that it changes,
/// committed with what it found. Of two that speak of the same letter the one of the later <see cref="SaidAt"/> holds.
/// </summary>
public sealed record LateAnswers
{
    /// <summary>The queue that these messages wait in for the office.</summary>
    public const string Queue = "dead-letters-answers";

    /// <summary>By the clock of the gatekeeper's database.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    public required IReadOnlyList<LateAnswer> Answers { get; init; }
}

/// <summary>What is known now of one dead letter's key.</summary>
/// <param name="AccountId">The admitted account that a replay would put it under; null where there is none any more.</param>
public sealed record LateAnswer(Guid DeadLetterId, AccountId? AccountId);
