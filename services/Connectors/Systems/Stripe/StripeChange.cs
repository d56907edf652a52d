using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Stripe;

/// <summary>
/// An object at one time: as an event saw it, or as the list shows it. Stripe's objects have no stamp of their last change,
/// so a listed one is as old as itself, and each event is younger. Source: docs.stripe.com/api, The Event object.
/// </summary>
/// <param name="Object">What the record holds; it may be no object at all.</param>
/// <param name="Dated">What has the stamp: the event, or the object itself.</param>
/// <param name="Type">Of the event; null in a list.</param>
internal sealed record StripeChange(JsonElement Object, JsonElement Dated, string? Type)
{
    public static StripeChange Of(JsonElement record) => record.OptionalText("object") == "event"
        ? new StripeChange(record.Inside("data").Inside("object"), record, record.OptionalText("type"))
        : new StripeChange(record, record, null);

    /// <summary>
    /// A customer and the draft of an invoice can be deleted. What <c>customer.subscription.deleted</c> tells of has ended
    /// and stays in the list as canceled.
    /// </summary>
    public bool Deleted => Type is "customer.deleted" or "invoice.deleted";

    /// <summary>The version, of an object of this kind and no other.</summary>
    public DateTimeOffset VersionOf(string kind, Fields fields)
    {
        if (Object.OptionalText("object") != kind) fields.Wrong("object", $"is not {kind}");
        return fields.RequiredEpoch(Dated, "created");
    }
}
