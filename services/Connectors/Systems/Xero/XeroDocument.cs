using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Xero;

/// <summary>
/// What is written to a contact: an invoice, a payment, a credit note. A voided one is kept in the books, a deleted one is
/// not. Source: XeroAPI/Xero-OpenAPI, xero_accounting.yaml, Invoice, Payment, CreditNote.
/// </summary>
internal static class XeroDocument
{
    private static readonly string[] Paid = ["Invoice", "CreditNote", "Prepayment", "Overpayment"];

    /// <param name="id">The field that holds its id.</param>
    /// <param name="written">The part that names the contact.</param>
    public static Mapped Map(JsonElement record, string objectType, string id, JsonElement written) => Mapped.ToChild(record, document => new ChildObjectReceived
    {
        Source = XeroConnector.Name,
        ObjectType = objectType,
        NativeId = document.RequiredText(id),
        ObservedAt = XeroTime.RequiredUpdated(document, record),
        Claims = Part(written, "Contact") is { } contact && contact.OptionalText("ContactID") is { } parent ? [new Claim(ClaimKind.Parent, parent, XeroConnector.Name)] : [],
        Data = record,
        Deleted = record.OptionalText("Status") == "DELETED",
    });

    /// <summary>What a payment pays; the payment itself names no contact.</summary>
    public static JsonElement PaidBy(JsonElement payment) =>
        Paid.Select(name => Part(payment, name)).FirstOrDefault(part => part is { } paid && Part(paid, "Contact") is not null) ?? default;

    private static JsonElement? Part(JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;
}
