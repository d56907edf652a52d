using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Recurly;

/// <summary>The records as Recurly writes them. Source: recurly.com/developers, API v2021-02-25, Account, Subscription, Invoice, Transaction.</summary>
public sealed class RecurlyShapes(int seed)
{
    public string Id(BillingRecord record) => VendorId.Lower(seed, $"recurly {record.Kind} {record.Number}", 13);

    /// <summary>Whether the record is meant by an id of its own, or by one of the forms with a prefix.</summary>
    public bool IsNamed(BillingRow row, string id) => id == Id(row.Record) || id == row.Record switch
    {
        Payer payer => $"code-{payer.AccountIdIn(row.Version)}",
        PayerChild { Kind: "invoice" } => $"number-{NumberOf(row)}",
        _ => $"uuid-{Uuid(row.Record)}",
    };

    public static string NumberOf(BillingRow invoice) => $"{1000 + invoice.Number}";

    public object Of(BillingRow row) => row.Record switch
    {
        Payer payer => Account(payer, row),
        PayerChild { Kind: "subscription" } child => Subscription(child, row),
        PayerChild { Kind: "invoice" } child => Invoice(child, row),
        PayerChild child => Transaction(child, row),
        var other => throw new InvalidOperationException($"Recurly has no {other.Kind}."),
    };

    /// <summary>An account that was closed stays, inactive.</summary>
    private object Account(Payer payer, BillingRow row) => new
    {
        id = Id(payer),
        @object = "account",
        state = row.Deleted ? "inactive" : "active",
        hosted_login_token = VendorId.MixedCase(seed, $"recurly login {payer.Number}", 32),
        shipping_addresses = Array.Empty<object>(),
        has_live_subscription = !row.Deleted,
        has_active_subscription = !row.Deleted,
        has_future_subscription = false,
        has_canceled_subscription = false,
        has_paused_subscription = false,
        has_past_due_invoice = payer.Number % 9 == 0,
        created_at = Time(row.Created),
        updated_at = Time(row.Updated),
        deleted_at = row.Deleted ? Time(row.Updated) : null,
        code = payer.AccountIdIn(row.Version),
        username = (string?)null,
        email = payer.Customer.Email,
        preferred_locale = "de-DE",
        first_name = "Ada",
        last_name = "Lindqvist",
        company = row.Version > 0 && !payer.NamedByChange ? $"{payer.Customer.Name} (neu)" : payer.Customer.Name,
        vat_number = (string?)null,
        tax_exempt = false,
        bill_to = "self",
        parent_account_id = (string?)null,
        custom_fields = Array.Empty<object>(),
    };

    private object Subscription(PayerChild child, BillingRow row) => new
    {
        id = Id(child),
        @object = "subscription",
        uuid = Uuid(child),
        account = Mini(child, row),
        plan = new { id = "plan0nordlicht", @object = "plan", code = "nordlicht-monthly", name = "Nordlicht" },
        state = row.Version > 0 ? "canceled" : "active",
        current_period_started_at = Time(row.Created),
        current_period_ends_at = Time(row.Created.AddDays(30)),
        currency = "EUR",
        unit_amount = 9.0 + (child.Number % 40),
        quantity = 1,
        auto_renew = true,
        collection_method = "automatic",
        custom_fields = Array.Empty<object>(),
        created_at = Time(row.Created),
        updated_at = Time(row.Updated),
        activated_at = Time(row.Created),
        canceled_at = row.Version > 0 ? Time(row.Updated) : null,
        expires_at = (string?)null,
    };

    private object Invoice(PayerChild child, BillingRow row) => new
    {
        id = Id(child),
        uuid = Uuid(child),
        @object = "invoice",
        type = "charge",
        origin = "renewal",
        state = row.Version > 0 ? "paid" : "pending",
        account = Mini(child, row),
        number = NumberOf(row),
        subscription_ids = Array.Empty<string>(),
        currency = "EUR",
        subtotal = 9.9 + child.Number,
        total = 9.9 + child.Number,
        paid = row.Version > 0 ? 9.9 + child.Number : 0,
        balance = row.Version > 0 ? 0 : 9.9 + child.Number,
        created_at = Time(row.Created),
        updated_at = Time(row.Updated),
        due_at = Time(row.Created.AddDays(14)),
        closed_at = row.Version > 0 ? Time(row.Updated) : null,
        dunning_events_sent = 0,
        final_dunning_event = false,
    };

    /// <summary>A verification of a card may come before there is an account.</summary>
    private object Transaction(PayerChild child, BillingRow row) => new
    {
        id = Id(child),
        @object = "transaction",
        uuid = Uuid(child),
        account = Mini(child, row),
        type = child.Owner is null ? "verify" : "purchase",
        origin = "api",
        currency = "EUR",
        amount = child.Owner is null ? 0 : 9.9 + child.Number,
        status = row.Version > 0 ? "void" : "success",
        success = true,
        collection_method = "automatic",
        customer_message = "The transaction was approved.",
        payment_method = new { @object = "credit_card", card_type = "Visa", last_four = "1111" },
        created_at = Time(row.Created),
        updated_at = Time(row.Updated),
        voided_at = row.Version > 0 ? Time(row.Updated) : null,
    };

    private object? Mini(PayerChild child, BillingRow row) => child.Owner is not { } payer ? null : new
    {
        id = Id(payer),
        @object = "account",
        code = payer.AccountIdIn(payer.VersionBeside(row)),
        email = payer.Customer.Email,
        first_name = "Ada",
        last_name = "Lindqvist",
        company = payer.Customer.Name,
        parent_account_id = (string?)null,
    };

    public string Uuid(BillingRecord record) => Convert.ToHexStringLower(Chance.Hash(seed, $"recurly uuid {record.Kind} {record.Number}"))[..32];

    public static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z";
}
