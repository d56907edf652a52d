using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargebee;

/// <summary>
/// The records as Chargebee writes them, each in a wrapper of its kind; what is empty is left out. Source: apidocs.chargebee.com,
/// API v2, Customers, Subscriptions, Invoices, Transactions.
/// </summary>
public sealed class ChargebeeShapes(int seed, Func<BillingRecord, BillingRow?> payerNow)
{
    public string Id(BillingRecord record) => record.Kind switch
    {
        "invoice" => $"{1000 + record.Number}",
        "transaction" => $"txn_{VendorId.MixedCase(seed, $"chargebee transaction {record.Number}", 16)}",
        var kind => VendorId.MixedCase(seed, $"chargebee {kind} {record.Number}", 16),
    };

    public object Of(BillingRow row) => row.Record switch
    {
        Payer payer => new { customer = Customer(payer, row) },
        PayerChild { Kind: "subscription", Owner: { } owner } child => new { subscription = Subscription(child, row), customer = Customer(owner, payerNow(owner)!) },
        PayerChild { Kind: "invoice" } child => new { invoice = Invoice(child, row) },
        PayerChild child => new { transaction = Transaction(child, row) },
        var other => throw new InvalidOperationException($"Chargebee has no {other.Kind}."),
    };

    private Dictionary<string, object?> Customer(Payer payer, BillingRow row) => Filled(new()
    {
        ["id"] = Id(payer),
        ["first_name"] = "Björn",
        ["last_name"] = "Gruber",
        ["email"] = payer.Customer.Email,
        ["company"] = row.Version > 0 && !payer.NamedByChange ? $"{payer.Customer.Name} (neu)" : payer.Customer.Name,
        ["auto_collection"] = payer.Number % 4 == 0 ? "off" : "on",
        ["net_term_days"] = 0,
        ["allow_direct_debit"] = false,
        ["created_at"] = payer.Created.ToUnixTimeSeconds(),
        ["taxability"] = "taxable",
        ["updated_at"] = row.Updated.ToUnixTimeSeconds(),
        ["pii_cleared"] = "active",
        ["channel"] = "web",
        ["resource_version"] = VersionOf(row.Updated, payer),
        ["deleted"] = row.Deleted,
        ["object"] = "customer",
        ["card_status"] = "no_card",
        ["promotional_credits"] = 0,
        ["refundable_credits"] = 0,
        ["excess_payments"] = 0,
        ["unbilled_charges"] = 0,
        ["preferred_currency_code"] = "EUR",
        ["mrr"] = 1900 + payer.Number,
        ["cf_account_id"] = payer.AccountIdIn(row.Version),
    });

    private Dictionary<string, object?> Subscription(PayerChild child, BillingRow row) => Filled(new()
    {
        ["id"] = Id(child),
        ["billing_period"] = 1,
        ["billing_period_unit"] = "month",
        ["auto_collection"] = "on",
        ["customer_id"] = Id(child.Owner!),
        ["status"] = row.Version > 0 || row.Deleted ? "cancelled" : "active",
        ["current_term_start"] = row.Created.ToUnixTimeSeconds(),
        ["current_term_end"] = row.Created.AddDays(30).ToUnixTimeSeconds(),
        ["created_at"] = row.Created.ToUnixTimeSeconds(),
        ["started_at"] = row.Created.ToUnixTimeSeconds(),
        ["activated_at"] = row.Created.ToUnixTimeSeconds(),
        ["updated_at"] = row.Updated.ToUnixTimeSeconds(),
        ["has_scheduled_changes"] = false,
        ["channel"] = "web",
        ["resource_version"] = VersionOf(row.Updated, child),
        ["deleted"] = row.Deleted,
        ["object"] = "subscription",
        ["currency_code"] = "EUR",
        ["subscription_items"] = new[] { new { item_price_id = "nordlicht-EUR-monthly", item_type = "plan", quantity = 1, unit_price = 1900, amount = 1900, free_quantity = 0, @object = "subscription_item" } },
        ["due_invoices_count"] = 0,
        ["mrr"] = 1900,
        ["has_scheduled_advance_invoices"] = false,
    });

    private Dictionary<string, object?> Invoice(PayerChild child, BillingRow row)
    {
        var (date, total) = (ChargebeePlan.CreatedOf(row).ToUnixTimeSeconds(), 1900 + child.Number);
        var paid = row.Version > 0 || ChargebeePlan.IsUntouched(row);
        return Filled(new()
        {
            ["id"] = Id(child),
            ["customer_id"] = child.Owner is { } owner ? Id(owner) : null,
            ["recurring"] = true,
            ["status"] = paid ? "paid" : "payment_due",
            ["date"] = date,
            ["due_date"] = date,
            ["net_term_days"] = 0,
            ["price_type"] = "tax_exclusive",
            ["exchange_rate"] = 1.0,
            ["total"] = total,
            ["amount_due"] = paid ? 0 : total,
            ["amount_adjusted"] = 0,
            ["amount_paid"] = paid ? total : 0,
            ["write_off_amount"] = 0,
            ["credits_applied"] = 0,
            ["updated_at"] = Updated(row),
            ["resource_version"] = ChargebeePlan.IsUntouched(row) ? null : VersionOf(row.Updated, child),
            ["deleted"] = row.Deleted,
            ["object"] = "invoice",
            ["first_invoice"] = child.Number % 3 == 0,
            ["currency_code"] = "EUR",
            ["base_currency_code"] = "EUR",
            ["tax"] = 0,
            ["sub_total"] = total,
            ["line_items"] = new[] { new { id = $"li_{Id(child)}", date_from = date, unit_amount = total, quantity = 1, amount = total, @object = "line_item", description = "Nordlicht", entity_type = "plan_item_price" } },
            ["linked_payments"] = Array.Empty<object>(),
        });
    }

    /// <summary>Money that came in by a bank transfer and that nobody has assigned has no customer.</summary>
    private Dictionary<string, object?> Transaction(PayerChild child, BillingRow row) => Filled(new()
    {
        ["id"] = Id(child),
        ["customer_id"] = child.Owner is { } owner ? Id(owner) : null,
        ["payment_method"] = child.Owner is null ? "bank_transfer" : "card",
        ["gateway"] = child.Owner is null ? "not_applicable" : "chargebee",
        ["type"] = "payment",
        ["date"] = ChargebeePlan.CreatedOf(row).ToUnixTimeSeconds(),
        ["exchange_rate"] = 1.0,
        ["amount"] = 1900 + child.Number,
        ["status"] = row.Version > 0 ? "voided" : "success",
        ["updated_at"] = Updated(row),
        ["resource_version"] = ChargebeePlan.IsUntouched(row) ? null : VersionOf(row.Updated, child),
        ["deleted"] = row.Deleted,
        ["object"] = "transaction",
        ["currency_code"] = "EUR",
        ["base_currency_code"] = "EUR",
        ["amount_unused"] = 0,
        ["linked_invoices"] = Array.Empty<object>(),
    });

    private static long? Updated(BillingRow row) => ChargebeePlan.IsUntouched(row) ? null : row.Updated.ToUnixTimeSeconds();

    /// <summary>The time of the change in milliseconds.</summary>
    private static long VersionOf(DateTimeOffset updated, BillingRecord record) => updated.ToUnixTimeMilliseconds() + (record.Number * 37 % 1000);

    private static Dictionary<string, object?> Filled(Dictionary<string, object?> fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value);
}
