namespace Pipeline.Contracts;

/// <summary>A row of the user table: which account a user of the company's own product belongs to.</summary>
public sealed record UserMapped
{
    /// <summary>The user's id in the company's own product.</summary>
    public required string UserId { get; init; }

    /// <summary>The account that the user belongs to; stated as law 1 has it, and required.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>When the mapping last changed: its version.</summary>
    public required DateTimeOffset ObservedAt { get; init; }
}
