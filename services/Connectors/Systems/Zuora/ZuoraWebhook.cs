using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Zuora;

/// <summary>
/// A callout of a notification on accounts, subscriptions or invoices. It is not signed, so it is to be sent with HTTP Basic;
/// its body is written by the user: <c>{"object":"account","id":"&lt;Account.Id&gt;"}</c>, and likewise with <c>subscription</c>
/// and <c>invoice</c>. The id that Zuora gives a callout is another one on each retry, so that a repeat is not known: it asks
/// for the same record once more, and brings nothing new. Source: docs.zuora.com, Callout notifications, and Retry failed callouts.
/// </summary>
internal static class ZuoraWebhook
{
    public static Webhook? Of(SystemSettings settings)
    {
        var user = settings.Text("WebhookUser", "of HTTP Basic, as written in the callout", "pipeline");
        return settings.OptionalSecret("WebhookSecret", "the password of HTTP Basic, as written in the callout; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Basic(user, secret),
            DeliveryId = _ => null,
            Read = body => body.Json.Text("object") is "account" or "subscription" or "invoice" ? [new Notice.Named($"{body.Json.Text("object")}s", Id(body.Json.Text("id")))] : [],
        };
    }

    /// <summary>It becomes part of a list in a filter, where a comma or a bracket would mean something.</summary>
    private static string Id(string text) => text.All(char.IsAsciiLetterOrDigit) ? text : throw new UnknownShapeException("The \"id\" of the record is not letters and digits.");
}
