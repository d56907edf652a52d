using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Stripe;

/// <summary>The objects as Stripe writes them, API version 2024-06-20. Source: docs.stripe.com/api, Customer, Subscription, Invoice, Charge.</summary>
public sealed class StripeShapes(int seed)
{
    private static readonly object NoMetadata = new { };

    public string Id(BillingRecord record) => record.Kind switch
    {
        "customer" => $"cus_{VendorId.MixedCase(seed, $"stripe customer {record.Number}", 14)}",
        "subscription" => $"sub_{VendorId.MixedCase(seed, $"stripe subscription {record.Number}", 24)}",
        "invoice" => $"in_{VendorId.MixedCase(seed, $"stripe invoice {record.Number}", 24)}",
        _ => $"ch_{VendorId.MixedCase(seed, $"stripe charge {record.Number}", 24)}",
    };

    /// <summary>Whether an event of this type tells of objects of this list.</summary>
    public static bool IsOf(string path, string type) => path switch
    {
        "customers" => type.Split('.') is ["customer", _],
        "subscriptions" => type.StartsWith("customer.subscription.", StringComparison.Ordinal),
        _ => type.StartsWith($"{path[..^1]}.", StringComparison.Ordinal),
    };

    public object Of(BillingRow row) => row.Record switch
    {
        Payer payer => Customer(payer, row),
        PayerChild { Kind: "subscription" } child => Subscription(child, row),
        PayerChild { Kind: "invoice" } child => Invoice(child, row),
        PayerChild child => Charge(child, row),
        var other => throw new InvalidOperationException($"Stripe has no {other.Kind}."),
    };

    /// <summary>Null where the object has no status.</summary>
    public string? StatusOf(BillingRow row) => (row.Record.Kind, row.Version) switch
    {
        ("subscription", 0) => "active",
        ("subscription", _) => StripePlan.IsCanceled(row) ? "canceled" : "past_due",
        ("invoice", 0) => row.Record.DeletedByChange ? "draft" : "open",
        ("invoice", _) => row.Deleted ? "draft" : "paid",
        ("charge", _) => "succeeded",
        _ => null,
    };

    private object Customer(Payer payer, BillingRow row) => new
    {
        id = Id(payer),
        @object = "customer",
        address = (object?)null,
        balance = 0,
        created = row.Created.ToUnixTimeSeconds(),
        currency = "eur",
        default_source = (string?)null,
        delinquent = payer.Number % 10 == 0,
        description = (string?)null,
        discount = (object?)null,
        email = payer.Customer.Email,
        invoice_prefix = VendorId.MixedCase(seed, $"stripe prefix {payer.Number}", 8).ToUpperInvariant(),
        invoice_settings = new { custom_fields = (object?)null, default_payment_method = (string?)null, footer = (string?)null, rendering_options = (object?)null },
        livemode = false,
        metadata = payer.AccountIdIn(row.Version) is { } accountId ? new { account_id = accountId } : NoMetadata,
        name = row.Version > 0 && !payer.NamedByChange ? $"{payer.Customer.Name} (neu)" : payer.Customer.Name,
        next_invoice_sequence = 1,
        phone = (string?)null,
        preferred_locales = Array.Empty<string>(),
        shipping = (object?)null,
        tax_exempt = "none",
        test_clock = (string?)null,
    };

    private object Subscription(PayerChild child, BillingRow row) => new
    {
        id = Id(child),
        @object = "subscription",
        application = (string?)null,
        billing_cycle_anchor = row.Created.ToUnixTimeSeconds(),
        cancel_at = (long?)null,
        cancel_at_period_end = false,
        canceled_at = StripePlan.IsCanceled(row) ? row.Updated.ToUnixTimeSeconds() : (long?)null,
        collection_method = "charge_automatically",
        created = row.Created.ToUnixTimeSeconds(),
        currency = "eur",
        current_period_start = row.Created.ToUnixTimeSeconds(),
        current_period_end = row.Created.AddDays(30).ToUnixTimeSeconds(),
        customer = Id(child.Owner!),
        description = (string?)null,
        items = new
        {
            @object = "list",
            data = new[] { new { id = $"si_{VendorId.MixedCase(seed, $"stripe item {child.Number}", 14)}", @object = "subscription_item", quantity = 1, price = new { id = "price_1NordlichtMonthly", @object = "price", currency = "eur", unit_amount = 4900, type = "recurring" } } },
            has_more = false,
            url = $"/v1/subscription_items?subscription={Id(child)}",
        },
        latest_invoice = (string?)null,
        livemode = false,
        metadata = NoMetadata,
        start_date = row.Created.ToUnixTimeSeconds(),
        status = StatusOf(row),
    };

    private object Invoice(PayerChild child, BillingRow row) => new
    {
        id = Id(child),
        @object = "invoice",
        amount_due = 4900 + child.Number,
        amount_paid = StatusOf(row) == "paid" ? 4900 + child.Number : 0,
        amount_remaining = StatusOf(row) == "paid" ? 0 : 4900 + child.Number,
        attempt_count = row.Version,
        billing_reason = "subscription_cycle",
        collection_method = "charge_automatically",
        created = row.Created.ToUnixTimeSeconds(),
        currency = "eur",
        customer = Id(child.Owner!),
        customer_email = child.Owner!.Customer.Email,
        customer_name = child.Owner.Customer.Name,
        due_date = (long?)null,
        lines = new { @object = "list", data = Array.Empty<object>(), has_more = false, url = $"/v1/invoices/{Id(child)}/lines" },
        livemode = false,
        metadata = NoMetadata,
        number = $"NL-{child.Number:0000}",
        period_start = row.Created.ToUnixTimeSeconds(),
        period_end = row.Created.AddDays(30).ToUnixTimeSeconds(),
        status = StatusOf(row),
        subscription = (string?)null,
        subtotal = 4900 + child.Number,
        total = 4900 + child.Number,
    };

    private object Charge(PayerChild child, BillingRow row) => new
    {
        id = Id(child),
        @object = "charge",
        amount = 4900 + child.Number,
        amount_captured = 4900 + child.Number,
        amount_refunded = row.Version > 0 ? 4900 + child.Number : 0,
        billing_details = new { address = (object?)null, email = child.Addressee?.Customer.Email, name = (child.Owner ?? child.Addressee)?.Customer.Name, phone = (string?)null },
        captured = true,
        created = row.Created.ToUnixTimeSeconds(),
        currency = "eur",
        customer = child.Owner is { } owner ? Id(owner) : null,
        description = (string?)null,
        disputed = false,
        invoice = (string?)null,
        livemode = false,
        metadata = NoMetadata,
        paid = true,
        payment_method_details = new { type = "card", card = new { brand = "visa", country = "DE", exp_month = 8, exp_year = 2030, last4 = "4242" } },
        receipt_email = (string?)null,
        refunded = row.Version > 0,
        status = StatusOf(row),
    };
}
