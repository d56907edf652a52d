using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pipeline.Contracts.Reading;

/// <summary>
/// Turns the bodies that outsiders publish into messages, or into a refusal that names the field. Unknown fields are
/// ignored, so that a publisher may send more than we know. Pure, and total: every sequence of bytes has an answer.
/// </summary>
public static class MessageReader
{
    public static Read<AccountDiscovered> AccountDiscovered(ReadOnlyMemory<byte> body) => Read(body, fields => new AccountDiscovered
    {
        Source = fields.RequiredName("source"),
        NativeId = fields.RequiredText("native_id"),
        AccountId = fields.AccountId("account_id"),
        Name = fields.Text("name"),
        JoinDate = fields.DateOrTime("join_date"),
        ObservedAt = fields.RequiredTime("observed_at"),
        Fields = Values(fields.JsonObject("fields")),
        Links = Links(fields),
        Emails = fields.Texts("emails"),
        AccountSupportId = fields.Text("account_support_id"),
        Deleted = fields.Flag("deleted"),
    });

    public static Read<ChildObjectReceived> ChildObjectReceived(ReadOnlyMemory<byte> body) => Read(body, fields => Child(fields, Detached(fields.JsonObject("data"))));

    /// <summary>The same, every field checked, for who does not need the object itself: its data are left out.</summary>
    public static Read<ChildObjectReceived> ChildObjectWithoutData(ReadOnlyMemory<byte> body) => Read(body, fields =>
    {
        fields.JsonObject("data");
        return Child(fields, default);
    });

    private static ChildObjectReceived Child(Fields fields, JsonElement data) => new()
    {
        Source = fields.RequiredName("source"),
        ObjectType = fields.RequiredName("object_type"),
        NativeId = fields.RequiredText("native_id"),
        ObservedAt = fields.RequiredTime("observed_at"),
        Data = data,
        Deleted = fields.Flag("deleted"),
        Claims = Claims(fields),
        AccountId = fields.AccountId("account_id"),
        ParentId = fields.Text("parent_id"),
        Email = fields.Text("email"),
        UserId = fields.Text("user_id"),
        AccountSupportId = fields.Text("account_support_id"),
    };

    public static Read<UserMapped> UserMapped(ReadOnlyMemory<byte> body) => Read(body, fields => new UserMapped
    {
        UserId = fields.RequiredText("user_id"),
        AccountId = fields.RequiredAccountId("account_id"),
        ObservedAt = fields.RequiredTime("observed_at"),
    });

    public static Read<AccountAdmitted> AccountAdmitted(ReadOnlyMemory<byte> body) => Read(body, fields => new AccountAdmitted
    {
        AccountId = fields.RequiredAccountId("account_id"),
        Revision = fields.RequiredWholeNumber("revision"),
        Source = fields.RequiredName("source"),
        NativeId = fields.RequiredText("native_id"),
        Name = fields.RequiredText("name"),
        JoinDate = fields.RequiredTime("join_date"),
        Links = Links(fields),
        ContestedBy = fields.Texts("contested_by"),
    });

    public static Read<AccountRefused> AccountRefused(ReadOnlyMemory<byte> body) => Read(body, fields => new AccountRefused
    {
        AccountId = fields.RequiredAccountId("account_id"),
        Revision = fields.RequiredWholeNumber("revision"),
        Source = fields.RequiredName("source"),
        Reasons = Reasons(fields),
    });

    public static Read<AccountWithdrawn> AccountWithdrawn(ReadOnlyMemory<byte> body) => Read(body, fields => new AccountWithdrawn
    {
        AccountId = fields.RequiredAccountId("account_id"),
        Revision = fields.RequiredWholeNumber("revision"),
        Source = fields.RequiredName("source"),
        Reasons = Reasons(fields),
    });

    private static IReadOnlyList<Link> Links(Fields fields) => fields.List("links", link => new Link(link.RequiredName("system"), link.RequiredText("native_id")));

    private static IReadOnlyList<StatedReason> Reasons(Fields fields) => fields.List("reasons", reason => new StatedReason(reason.RequiredText("code"), reason.Text("detail") ?? ""));

    private static Read<T> Read<T>(ReadOnlyMemory<byte> body, Func<Fields, T> read) where T : class
    {
        if (!Body.Parse(body).Succeeded(out var document, out var unreadable)) return unreadable;
        using (document)
        {
            var fields = new Fields(document.RootElement);
            var message = read(fields);
            return fields.Refusal is { } refusal ? refusal : message;
        }
    }

    /// <summary>Claims with a value, in the order in which they were sent. Only the first one decides, so only it can refuse the message.</summary>
    private static List<Claim> Claims(Fields fields)
    {
        var claims = new List<Claim>();
        foreach (var (claim, refusal) in fields.List("claims", Claim))
        {
            if (claim is not null) claims.Add(claim);
            else if (refusal is not null && claims.Count == 0) fields.Refuse(refusal);
        }

        return claims;
    }

    /// <summary>A claim whose value is missing or blank says nothing; one by account_id follows law 1.</summary>
    private static (Claim? Claim, Refusal? Refusal) Claim(Fields claim)
    {
        switch (claim.RequiredText("by"))
        {
            case "account_id":
                var stated = claim.AccountId("value");
                return (stated.Value is { } accountId ? new Claim(ClaimKind.AccountId, accountId.Text) : null, stated.Refusal);
            case "parent": return (WithValue(ClaimKind.Parent, claim.Text("system")), null);
            case "email": return (WithValue(ClaimKind.Email), null);
            case "user_id": return (WithValue(ClaimKind.UserId), null);
            case "account_support_id": return (WithValue(ClaimKind.AccountSupportId), null);
            default:
                claim.Wrong("by", "is none of account_id, parent, email, user_id, account_support_id");
                return default;
        }

        Claim? WithValue(ClaimKind kind, string? system = null) => claim.Text("value") is { } value ? new Claim(kind, value, system) : null;
    }

    private static JsonElement Detached(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? default : element.Clone();

    private static Dictionary<string, JsonElement> Values(JsonElement fields)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (fields.ValueKind != JsonValueKind.Object) return values;
        foreach (var property in fields.EnumerateObject()) values[property.Name] = property.Value.Clone();
        return values;
    }
}
