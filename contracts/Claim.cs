using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>How a child object says whose it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimKind>))]
public enum ClaimKind
{
    /// <summary>The account_id itself.</summary>
    [JsonStringEnumMemberName("account_id")] AccountId,

    /// <summary>The native id of a parent object in some system.</summary>
    [JsonStringEnumMemberName("parent")] Parent,

    /// <summary>An email address, compared trimmed and case-blind.</summary>
    [JsonStringEnumMemberName("email")] Email,

    /// <summary>A user of the company's own product.</summary>
    [JsonStringEnumMemberName("user_id")] UserId,

    /// <summary>An id that support staff keep on the account.</summary>
    [JsonStringEnumMemberName("account_support_id")] AccountSupportId,
}

/// <summary>One way in which a child says whose it is.</summary>
/// <param name="By">Which key the value is of.</param>
/// <param name="Value">The key's value, exactly as the system keeps it.</param>
/// <param name="System">For a parent: the system that the native id is of; the child's own source where it is left out.</param>
public sealed record Claim(ClaimKind By, string Value, string? System = null);

/// <summary>The same thing under the id of another system.</summary>
/// <param name="System">The other system's name, as its connector publishes it.</param>
/// <param name="NativeId">The id inside that system.</param>
public sealed record Link(string System, string NativeId);
