using Pipeline.SystemOfRecord.Records;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>The names of what is profiled. A record's own fields stand behind a prefix, so that none of them is taken for ours.</summary>
internal static class ProfiledField
{
    public const string AccountId = FieldChanges.AccountId;
    public const string NativeId = "native_id";
    public const string Email = "email";
    public const string SupportId = "support_id";

    /// <summary>What follows the name of a field whose values are web addresses: their host alone.</summary>
    public const string Domain = " (domain)";

    public static string Own(string field) => FieldChanges.OwnField + field;

    /// <summary>Whether values of this field could be an account_id at all: an address of a person or a host is none.</summary>
    public static bool IsIdentity(string field) => field is not (Email or SupportId) && !field.EndsWith(Domain, StringComparison.Ordinal);
}
