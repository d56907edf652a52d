using System.Globalization;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargify;

/// <summary>The records as Chargify writes them, with the site's offset. Source: developers.maxio.com, models Customer, Subscription, Invoice.</summary>
public sealed class ChargifyShapes(int seed)
{
    private const string Nobody = "";

    public string Id(BillingRecord record) => record.Kind == "invoice"
        ? $"inv_{VendorId.Lower(seed, $"chargify invoice {record.Number}", 13)}"
        : Number(record).ToString(CultureInfo.InvariantCulture);

    public object Of(BillingRow row) => row.Record switch
    {
        Payer payer => Customer(payer, row.Version, row.Updated),
        PayerChild { Kind: "subscription", Owner: { } owner } child => Subscription(child, owner, row),
        PayerChild { Kind: "invoice" } child => Invoice(child, row),
        var other => throw new InvalidOperationException($"Chargify has no {other.Kind}."),
    };

    /// <summary>Of an invoice; it need not be among those that are kept.</summary>
    public static int SubscriptionOf(BillingRow invoice) => 23_200_000 + (invoice.Number * 131);

    private static int Number(BillingRecord record) => (record is Payer ? 20_100_000 : 23_200_000) + (record.Number * 131);

    private static object Customer(Payer payer, int version, DateTimeOffset updated) => new
    {
        first_name = "Chloé",
        last_name = "Dubois",
        email = payer.Customer.Email,
        cc_emails = (string?)null,
        organization = version > 0 && !payer.NamedByChange ? $"{payer.Customer.Name} (neu)" : payer.Customer.Name,
        reference = payer.AccountIdIn(version),
        id = Number(payer),
        created_at = Time(payer.Created),
        updated_at = Time(updated),
        address = "Hafenstraße 1",
        address_2 = Nobody,
        city = "Hamburg",
        state = "HH",
        zip = "20457",
        country = "DE",
        phone = Nobody,
        verified = payer.Number % 2 == 0,
        portal_customer_created_at = (string?)null,
        portal_invite_last_sent_at = (string?)null,
        portal_invite_last_accepted_at = (string?)null,
        tax_exempt = false,
        vat_number = (string?)null,
        parent_id = (int?)null,
        locale = "de-DE",
    };

    private static object Subscription(PayerChild child, Payer owner, BillingRow row) => new
    {
        id = Number(child),
        state = row.Version > 0 ? "past_due" : "active",
        balance_in_cents = row.Version > 0 ? 4900 : 0,
        total_revenue_in_cents = 4900 * (child.Number % 12),
        product_price_in_cents = 4900,
        product_version_number = 1,
        current_period_started_at = Time(row.Created),
        current_period_ends_at = Time(row.Created.AddDays(30)),
        next_assessment_at = Time(row.Created.AddDays(30)),
        trial_started_at = (string?)null,
        activated_at = Time(row.Created),
        created_at = Time(row.Created),
        updated_at = Time(row.Updated),
        canceled_at = (string?)null,
        previous_state = "active",
        signup_revenue = "49.00",
        payment_collection_method = "automatic",
        reference = (string?)null,
        currency = "EUR",
        customer = Customer(owner, owner.VersionBeside(row), owner.Updated),
        product = new { id = 3_792_003, name = "Nordlicht", handle = "nordlicht", price_in_cents = 4900, interval = 1, interval_unit = "month", product_family = new { id = 527_890, name = "Nordlicht", handle = "nordlicht" } },
        payment_type = "credit_card",
        on_hold_at = (string?)null,
    };

    /// <summary>Where the customer was merged away, the invoice keeps only whom it was made out to, or not even that.</summary>
    private object Invoice(PayerChild child, BillingRow row)
    {
        var total = (49 + child.Number).ToString("0.0", CultureInfo.InvariantCulture);
        var (paid, payer) = (row.Version > 0, child.Owner ?? child.Addressee);
        return new
        {
            uid = Id(child),
            site_id = 51_288,
            customer_id = child.Owner is { } owner ? Number(owner) : (int?)null,
            subscription_id = SubscriptionOf(row),
            number = $"{child.Number}",
            sequence_number = child.Number,
            issue_date = $"{row.Created.ToOffset(ChargifyQuery.SiteZone):yyyy-MM-dd}",
            due_date = $"{row.Created.ToOffset(ChargifyQuery.SiteZone).AddDays(14):yyyy-MM-dd}",
            paid_date = paid ? $"{row.Updated.ToOffset(ChargifyQuery.SiteZone):yyyy-MM-dd}" : null,
            status = paid ? "paid" : "open",
            collection_method = "automatic",
            currency = "EUR",
            consolidation_level = "none",
            product_name = "Nordlicht",
            created_at = Time(row.Created),
            updated_at = Time(row.Updated),
            seller = new { name = "Nordlicht", address = new { street = "Hafenstraße 2", city = "Hamburg", state = "HH", zip = "20457", country = "DE" } },
            customer = new { chargify_id = child.Owner is { } known ? Number(known) : (int?)null, first_name = "Chloé", last_name = "Dubois", organization = payer?.Customer.Name, email = payer?.Customer.Email },
            memo = Nobody,
            subtotal_amount = total,
            discount_amount = "0.0",
            tax_amount = "0.0",
            total_amount = total,
            credit_amount = "0.0",
            paid_amount = paid ? total : "0.0",
            refund_amount = "0.0",
            due_amount = paid ? "0.0" : total,
        };
    }

    private static string Time(DateTimeOffset time) => $"{time.ToOffset(ChargifyQuery.SiteZone):yyyy-MM-ddTHH:mm:sszzz}";
}
