using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Chargebee;

/// <summary>
/// A customer. Custom fields stand beside the others and begin with <c>cf_</c>; <c>meta_data</c> is an object of the
/// site's own making. Source: apidocs.chargebee.com, Customers, Custom fields, Metadata.
/// </summary>
internal sealed record ChargebeeCustomer(string AccountIdIn, string AccountIdField, string JoinDateField, IReadOnlyList<string> Fields)
{
    public Mapped Map(JsonElement wrapper)
    {
        var record = wrapper.Inside("customer");
        var place = AccountIdIn == "customer" ? record : record.Inside(AccountIdIn);
        return Mapped.ToAccount(record, customer => new AccountDiscovered
        {
            Source = ChargebeeConnector.Name,
            NativeId = customer.RequiredText("id"),
            AccountId = StatedAccountId.Of(place.Inside(AccountIdField)),
            Name = customer.Name("company"),
            JoinDate = record.OptionalEpoch(JoinDateField) ?? customer.DateOrTime(JoinDateField),
            ObservedAt = ChargebeeConnector.Version(record, customer.RequiredEpoch(record, ChargebeeConnector.Stamp, "created_at")),
            Emails = customer.Text("email") is { } email ? [email] : [],
            Fields = record.Pick(Fields),
            Deleted = customer.Flag("deleted"),
        });
    }
}
