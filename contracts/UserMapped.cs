namespace Pipeline.Contracts;

/// <summary>A row of the user table: which account a user of the company's own product belongs to.</summary>
public sealed record UserMapped
{
    public required string UserId { get; init; }

    public required AccountId AccountId { get; init; }

    /// <summary>When the mapping last changed: its version.</summary>
    public required DateTimeOffset ObservedAt { get; init; }
}
