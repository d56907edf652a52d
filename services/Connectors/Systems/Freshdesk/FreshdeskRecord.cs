using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Freshdesk;

/// <summary>
/// A record as a message. What has been deleted leaves the lists; where a record is still shown, it says so itself.
/// Source: developers.freshdesk.com/api, Companies, Contacts, Tickets.
/// </summary>
internal static class FreshdeskRecord
{
    public const string Stamp = "updated_at";

    private const string Custom = "custom_fields";

    public static Mapped Company(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, company => new AccountDiscovered
        {
            Source = FreshdeskConnector.Name,
            NativeId = company.RequiredText("id"),
            AccountId = StatedAccountId.Of(record.Value(Custom, accountId)),
            Name = company.Text("name"),
            JoinDate = company.Date(joinDate, record.Value(Custom, joinDate)),
            ObservedAt = company.RequiredTime(Stamp),
            Fields = record.Pick(Custom, fields),
        });

    public static Mapped Contact(JsonElement record) => Child(record, "contact", contact => contact.Text("email"));

    /// <summary>A ticket's requester is there because it is asked for; one without a company claims by the requester's email.</summary>
    public static Mapped Ticket(JsonElement record) => Child(record, "ticket", ticket => ticket.TextWithin("requester", "email"));

    private static Mapped Child(JsonElement record, string objectType, Func<Fields, string?> email) => Mapped.ToChild(record, child => new ChildObjectReceived
    {
        Source = FreshdeskConnector.Name,
        ObjectType = objectType,
        NativeId = child.RequiredText("id"),
        ObservedAt = child.RequiredTime(Stamp),
        Claims = Owner.Claims(FreshdeskConnector.Name, child.Text("company_id"), email(child)),
        Data = record,
        Deleted = child.Flag("deleted"),
    });
}
