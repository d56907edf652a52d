using Pipeline.Contracts;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>A key that children name and records answer: of which kind, in which system, which value.</summary>
/// <param name="System">The system that the value is of, for a parent; empty for the kinds that are the same everywhere.</param>
public readonly record struct ClaimKey(ClaimKind Kind, string System, string Value)
{
    /// <summary>What tables and indexes know it by. Asked for many times, so it is made once.</summary>
    public Guid Id { get; } = StableId.Of(ClaimNames.Of(Kind), System, Value);

    public static ClaimKey Of(AccountId accountId) => new(ClaimKind.AccountId, "", accountId.Text);

    public static ClaimKey Parent(string system, string nativeId) => new(ClaimKind.Parent, system, nativeId);

    /// <summary>An email is a mapping, not an account_id: compared trimmed and case-blind (design, section 7).</summary>
    public static ClaimKey Email(string address) => new(ClaimKind.Email, "", address.Trim().ToLowerInvariant());

    /// <summary>The key that a claim names; a parent without a system is of the child's own source.</summary>
    public static ClaimKey Of(Claim claim, string source) => claim.By switch
    {
        ClaimKind.Parent => Parent(claim.System ?? source, claim.Value),
        ClaimKind.Email => Email(claim.Value),
        _ => new(claim.By, "", claim.Value),
    };

    public Claim ToClaim() => new(Kind, Value, System.Length == 0 ? null : System);
}
