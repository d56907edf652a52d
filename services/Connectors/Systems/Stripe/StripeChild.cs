using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Stripe;

/// <summary>
/// What belongs to a customer, whose id it holds; a charge or an invoice may have an address as well. Source:
/// docs.stripe.com/api, The Subscription object, The Invoice object, The Charge object.
/// </summary>
internal static class StripeChild
{
    public static Mapped Map(StripeChange change, string type) => Mapped.ToChild(change.Object, child => new ChildObjectReceived
    {
        Source = StripeConnector.Name,
        ObjectType = type,
        NativeId = child.RequiredText("id"),
        ObservedAt = change.VersionOf(type, child),
        Claims = Owner.Claims(StripeConnector.Name, child.Text("customer"), Email(change.Object)),
        Data = change.Object,
        Deleted = change.Deleted,
    });

    private static string? Email(JsonElement child) =>
        child.OptionalText("customer_email") ?? child.OptionalText("receipt_email") ?? child.Inside("billing_details").OptionalText("email");
}
