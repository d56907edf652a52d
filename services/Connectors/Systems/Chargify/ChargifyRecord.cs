using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Chargify;

/// <summary>
/// A record as a message. Ids are numbers, an invoice's is its <c>uid</c>; times have the offset of the site; amounts of an
/// invoice are texts and stay so. Source: developers.maxio.com, Advanced Billing API, models Customer, Subscription, Invoice.
/// </summary>
internal static class ChargifyRecord
{
    public static Mapped Customer(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, customer => new AccountDiscovered
        {
            Source = ChargifyConnector.Name,
            NativeId = customer.RequiredText("id"),
            AccountId = customer.AccountId(accountId),
            Name = customer.Name("organization"),
            JoinDate = customer.DateOrTime(joinDate),
            ObservedAt = customer.RequiredTime("updated_at"),
            Emails = customer.Text("email") is { } email ? [email] : [],
            Fields = record.Pick(fields),
        });

    public static Mapped Subscription(JsonElement record) => Mapped.ToChild(record, child => new ChildObjectReceived
    {
        Source = ChargifyConnector.Name,
        ObjectType = "subscription",
        NativeId = child.RequiredText("id"),
        ObservedAt = child.RequiredTime("updated_at"),
        Claims = Owner.Claims(ChargifyConnector.Name, child.TextWithin("customer", "id"), child.TextWithin("customer", "email")),
        Data = record,
    });

    /// <summary>Older answers have no <c>updated_at</c>; the day of issue is then the version.</summary>
    public static Mapped Invoice(JsonElement record) => Mapped.ToChild(record, child => new ChildObjectReceived
    {
        Source = ChargifyConnector.Name,
        ObjectType = "invoice",
        NativeId = child.RequiredText("uid"),
        ObservedAt = child.DateOrTime("updated_at") ?? child.DateOrTime("created_at") ?? child.DateOrTime("issue_date") ?? child.RequiredTime("updated_at"),
        Claims = Owner.Claims(ChargifyConnector.Name, child.Text("customer_id"), child.TextWithin("customer", "email")),
        Data = record,
    });

    /// <summary>The time of the field; null where it is none.</summary>
    public static DateTimeOffset? Time(JsonElement record, string field) => record.OptionalText(field) is { } text ? WireTime.Parse(text) : null;
}
