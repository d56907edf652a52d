using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Xero;

/// <summary>
/// A contact: a customer or a supplier. Contacts are never deleted; they are archived, also when they are merged into
/// another, or emptied on a person's request. There is no field for the day a customer joined.
/// Source: XeroAPI/Xero-OpenAPI, xero_accounting.yaml, Contact.
/// </summary>
internal static class XeroContact
{
    public static Mapped Map(JsonElement record, string accountId, IReadOnlyList<string> fields) => Mapped.ToAccount(record, contact => new AccountDiscovered
    {
        Source = XeroConnector.Name,
        NativeId = contact.RequiredText("ContactID"),
        AccountId = contact.AccountId(accountId),
        Name = contact.Text("Name"),
        ObservedAt = XeroTime.RequiredUpdated(contact, record),
        Fields = record.Pick(fields),
        Emails = contact.Text("EmailAddress") is { } email ? [email] : [],
        Deleted = record.OptionalText("ContactStatus") is "ARCHIVED" or "GDPRREQUEST",
    });
}
