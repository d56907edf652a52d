namespace Pipeline.Contracts;

/// <summary>The account is let in. Said again, with a higher revision, whenever something that others rely on has changed.</summary>
public sealed record AccountAdmitted
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Rises with every decision on this account; a lower revision that arrives later is old news.</summary>
    public required long Revision { get; init; }

    /// <summary>The version of the rules that decided. Not said again where only this has changed.</summary>
    public int RulesVersion { get; init; }

    /// <summary>The system of record.</summary>
    public required string Source { get; init; }

    /// <summary>The record in the system of record that the account rests on.</summary>
    public required string NativeId { get; init; }

    /// <summary>The account's name in the system of record.</summary>
    public required string Name { get; init; }

    /// <summary>When the customer joined.</summary>
    public required DateTimeOffset JoinDate { get; init; }

    /// <summary>The account's known ids in other systems, linked from either side.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>Records of the system of record that carry the same account_id and were not merged.</summary>
    public IReadOnlyList<string> ContestedBy { get; init; } = [];
}

/// <summary>The account is not let in, and why.</summary>
public sealed record AccountRefused
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Rises with every decision on this account.</summary>
    public required long Revision { get; init; }

    /// <summary>The version of the rules that decided. Not said again where only this has changed.</summary>
    public int RulesVersion { get; init; }

    /// <summary>The system of record.</summary>
    public required string Source { get; init; }

    /// <summary>Every reason, not the first alone.</summary>
    public required IReadOnlyList<StatedReason> Reasons { get; init; }
}

/// <summary>The account was admitted and is no longer. Its children stay stored and leave the view.</summary>
public sealed record AccountWithdrawn
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Rises with every decision on this account.</summary>
    public required long Revision { get; init; }

    /// <summary>The version of the rules that decided. Not said again where only this has changed.</summary>
    public int RulesVersion { get; init; }

    /// <summary>The system of record.</summary>
    public required string Source { get; init; }

    /// <summary>Every reason, not the first alone.</summary>
    public required IReadOnlyList<StatedReason> Reasons { get; init; }
}

/// <summary>A reason as it travels.</summary>
/// <param name="Code">A code of <see cref="Reason"/>.</param>
/// <param name="Detail">What was seen.</param>
public sealed record StatedReason(string Code, string Detail)
{
    public static StatedReason Of(Refusal refusal) => new(refusal.Reason.Code, refusal.Detail);
}
