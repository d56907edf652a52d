using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Intercom;

/// <summary>
/// A record as a message. Times are epoch seconds. What has been deleted is no longer found, and not told of.
/// Source: developers.intercom.com, REST API, models Company, Contact, Conversation, Ticket.
/// </summary>
internal static class IntercomRecord
{
    public const string Stamp = "updated_at";

    private const string Custom = "custom_attributes";

    public static Mapped Company(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, company => new AccountDiscovered
        {
            Source = IntercomConnector.Name,
            NativeId = company.RequiredText("id"),
            AccountId = StatedAccountId.Of(record.Value(Custom, accountId)),
            Name = company.Text("name"),
            JoinDate = Joined(company, record, joinDate),
            ObservedAt = company.RequiredEpoch(record, Stamp),
            Fields = record.Pick(Custom, fields),
        });

    /// <summary>An account_id of its own goes first, in the short form, which keeps what is written there as it is: law 1 is the gatekeeper's to hold.</summary>
    public static Mapped Contact(JsonElement record, string accountId) => Mapped.ToChild(record, contact =>
    {
        var stated = accountId.Length == 0 ? StatedAccountId.Missing : StatedAccountId.Of(record.Value(Custom, accountId));
        var company = First(record.Inside("companies").Inside("data")).OptionalText("id");
        var email = contact.Text("email");
        return stated.IsMissing
            ? Child(record, contact, "contact", Owner.Claims(IntercomConnector.Name, company, email))
            : Child(record, contact, "contact", []) with { AccountId = stated, ParentId = company, Email = email };
    });

    /// <summary>
    /// A conversation or a ticket. It names a contact and seldom a company: a contact's email or its id in our own product
    /// is found sooner than the contact itself, which is no account.
    /// </summary>
    public static Mapped Dialogue(JsonElement record, string objectType) => Mapped.ToChild(record, dialogue =>
    {
        var company = dialogue.Text("company_id") ?? record.Inside("company").OptionalText("id");
        var contact = First(record.Inside("contacts").Inside("contacts"));
        var claims = new List<Claim>(Owner.Claims(IntercomConnector.Name, company, Author(record.Inside("source").Inside("author"))));
        if (contact.OptionalText("external_id") is { } user) claims.Add(new Claim(ClaimKind.UserId, user));
        if (company is null && contact.OptionalText("id") is { } id) claims.Add(new Claim(ClaimKind.Parent, id, IntercomConnector.Name));
        return Child(record, dialogue, objectType, claims);
    });

    private static DateTimeOffset? Joined(Fields company, JsonElement record, string field)
    {
        var time = record.OptionalEpoch(field) ?? record.Inside(Custom).OptionalEpoch(field);
        if (time is null && record.Value(Custom, field).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)) company.Wrong(field, "is not a time in seconds since 1970");
        return time;
    }

    private static ChildObjectReceived Child(JsonElement record, Fields child, string objectType, IReadOnlyList<Claim> claims) => new()
    {
        Source = IntercomConnector.Name,
        ObjectType = objectType,
        NativeId = child.RequiredText("id"),
        ObservedAt = child.RequiredEpoch(record, Stamp),
        Claims = claims,
        Data = record,
    };

    /// <summary>The email of who began it, unless that was one of us or a machine.</summary>
    private static string? Author(JsonElement author) => author.OptionalText("type") is "user" or "lead" or "contact" ? author.OptionalText("email") : null;

    private static JsonElement First(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().FirstOrDefault() : default;
}
