using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Stripe;

/// <summary>A customer. Metadata are texts that the company sets. Source: docs.stripe.com/api, The Customer object, Metadata.</summary>
internal sealed record StripeCustomer(string AccountIdIn, string AccountIdField, IReadOnlyList<string> Fields)
{
    public Mapped Map(StripeChange change)
    {
        var record = change.Object;
        var place = AccountIdIn == "customer" ? record : record.Inside(AccountIdIn);
        return Mapped.ToAccount(record, customer => new AccountDiscovered
        {
            Source = StripeConnector.Name,
            NativeId = customer.RequiredText("id"),
            AccountId = StatedAccountId.Of(place.Inside(AccountIdField)),
            Name = customer.Text("name"),
            JoinDate = record.OptionalEpoch("created"),
            ObservedAt = change.VersionOf("customer", customer),
            Emails = customer.Text("email") is { } email ? [email] : [],
            Fields = record.Pick(Fields),
            Deleted = change.Deleted,
        });
    }
}
