using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// An object that is not an account: a contact, user, ticket, opportunity, subscription, invoice, conversation, survey response, usage event.
/// Identified by source, type and native id; its version is <see cref="ObservedAt"/>.
/// </summary>
public sealed record ChildObjectReceived
{
    /// <summary>The system that the object lives in; any name that a publisher chooses and keeps.</summary>
    public required string Source { get; init; }

    /// <summary>What the object is in that system, such as ticket, contact or invoice.</summary>
    public required string ObjectType { get; init; }

    /// <summary>The object's id inside its system.</summary>
    public required string NativeId { get; init; }

    /// <summary>When the object last changed by its own system's clock.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The object as its system has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Data { get; init; }

    /// <summary>Whether the object was deleted in its system.</summary>
    public bool Deleted { get; init; }

    /// <summary>How the object says whose it is, in order of preference. Used in place of the short forms below.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>Short form of a claim by account_id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StatedAccountId AccountId { get; init; }

    /// <summary>Short form of a claim by a parent in the object's own source.</summary>
    public string? ParentId { get; init; }

    /// <summary>Short form of a claim by email.</summary>
    public string? Email { get; init; }

    /// <summary>Short form of a claim by user id.</summary>
    public string? UserId { get; init; }

    /// <summary>Short form of a claim by account_support_id.</summary>
    public string? AccountSupportId { get; init; }
}
