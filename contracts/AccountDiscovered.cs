using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// Published by every connector for each account-like object of its system. Only the system of record's create accounts;
/// the others are evidence and bindings.
/// </summary>
public sealed record AccountDiscovered
{
    /// <summary>The system that the record was read from.</summary>
    public required string Source { get; init; }

    /// <summary>The record's id inside its system; with <see cref="Source"/> it identifies the record.</summary>
    public required string NativeId { get; init; }

    /// <summary>The account_id as the record states it, usable or not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StatedAccountId AccountId { get; init; }

    /// <summary>The account's name. Mandatory for an account of the system of record, which refuses it by name_missing.</summary>
    public string? Name { get; init; }

    /// <summary>When the customer joined.</summary>
    public DateTimeOffset? JoinDate { get; init; }

    /// <summary>When the record last changed by its own system's clock: the record's version.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>Fields that filters may look at, by their names in the system.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>The same account under its ids in other systems.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>Email addresses of the account; blank ones are left out.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>An id that support staff keep on the account.</summary>
    public string? AccountSupportId { get; init; }

    /// <summary>Whether the record was deleted in its system.</summary>
    public bool Deleted { get; init; }
}
