namespace Pipeline.Connectors.Systems.Stripe;

/// <summary>
/// Stripe customers, and the subscriptions, invoices and charges that belong to them. Source: docs.stripe.com/api,
/// Versioning, Authentication, List all customers, List subscriptions, List all invoices, List all charges, Types of events.
/// </summary>
public sealed class StripeConnector : IConnector
{
    internal const string Name = "stripe";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "a restricted key that may read customers, subscriptions, invoices, charges and events");
        var version = settings.Text("ApiVersion", "sent as Stripe-Version", "2024-06-20");
        var customer = new StripeCustomer(
            settings.FieldName("AccountIdIn", "where AccountIdField is: in the metadata of the customer, or in the customer itself", "metadata"),
            settings.FieldName("AccountIdField", "the key of the metadata, or email", "account_id"),
            settings.FieldNames("Fields", "fields of the customer that filters may look at", "delinquent", "currency"));
        var rows = settings.Whole("PageSize", "records an answer", 100, 1, 100);
        var lag = settings.Duration("Lag", "how late an event may become visible; events are eventually consistent", TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.FromHours(1));

        var customers = new StripeFeed("customers", rows, lag, Types("customer", "created", "updated", "deleted"));
        // Without a status the canceled ones are left out.
        var subscriptions = new StripeFeed("subscriptions", rows, lag,
            Types("customer.subscription", "created", "updated", "deleted", "paused", "resumed", "pending_update_applied", "pending_update_expired"), "all");
        var invoices = new StripeFeed("invoices", rows, lag, Types("invoice", "created", "updated", "finalized", "finalization_failed", "sent", "paid", "payment_succeeded", "payment_failed",
            "payment_action_required", "overdue", "marked_uncollectible", "voided", "deleted"));
        var charges = new StripeFeed("charges", rows, lag, Types("charge", "pending", "succeeded", "failed", "captured", "expired", "updated", "refunded"));

        return new SourceSystem(new Authentication.Bearer(key),
        [
            customers.With(customer.Map),
            subscriptions.With(change => StripeChild.Map(change, "subscription")),
            invoices.With(change => StripeChild.Map(change, "invoice")),
            charges.With(change => StripeChild.Map(change, "charge")),
        ])
        {
            Headers = new Dictionary<string, string> { ["Stripe-Version"] = version },
            Webhook = StripeWebhook.Of(settings, [customers, subscriptions, invoices, charges]),
        };
    }

    private static string[] Types(string of, params string[] what) => [.. what.Select(name => $"{of}.{name}")];
}
