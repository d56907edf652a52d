using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Chargebee;

/// <summary>
/// What belongs to a customer. Subscriptions come with their customer beside them, whose address is the second claim.
/// An old invoice or transaction without <c>updated_at</c> has its <c>date</c>. Source: apidocs.chargebee.com,
/// Subscriptions, Invoices, Transactions.
/// </summary>
internal static class ChargebeeChild
{
    public static Mapped Map(string type, JsonElement wrapper)
    {
        var record = wrapper.Inside(type);
        return Mapped.ToChild(record, child => new ChildObjectReceived
        {
            Source = ChargebeeConnector.Name,
            ObjectType = type,
            NativeId = child.RequiredText("id"),
            ObservedAt = ChargebeeConnector.Version(record, child.RequiredEpoch(record, ChargebeeConnector.Stamp, "created_at", "date")),
            Claims = Owner.Claims(ChargebeeConnector.Name, child.Text("customer_id"), wrapper.Inside("customer").OptionalText("email")),
            Data = record,
            Deleted = child.Flag("deleted"),
        });
    }
}
