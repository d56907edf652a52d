namespace Pipeline.Contracts;

/// <summary>The names of the kinds of claim on the wire and in tables.</summary>
public static class ClaimNames
{
    private static readonly (ClaimKind Kind, string Name)[] Names =
    [
        (ClaimKind.AccountId, "account_id"),
        (ClaimKind.Parent, "parent"),
        (ClaimKind.Email, "email"),
        (ClaimKind.UserId, "user_id"),
        (ClaimKind.AccountSupportId, "account_support_id"),
    ];

    public static string Of(ClaimKind kind) => Array.Find(Names, entry => entry.Kind == kind).Name;

    /// <summary>The kind with this name, or null.</summary>
    public static ClaimKind? Find(string name)
    {
        foreach (var entry in Names)
            if (entry.Name == name) return entry.Kind;
        return null;
    }
}
