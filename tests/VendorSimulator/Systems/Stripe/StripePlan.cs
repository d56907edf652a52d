using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Stripe;

/// <summary>How much Stripe holds. A guest's charge has an address at most.</summary>
public static class StripePlan
{
    public static BillingPlan Plan { get; } = new("stripe", 105,
    [
        new("subscription", 125),
        new("invoice", 140) { Changing = 14, DeletedByChange = 3 },
        new("charge", 125) { Without = 5, ByAddress = 8 },
    ])
    {
        LosesCustomer = true,
    };

    /// <summary>What an event of this change is called; several tell of one change.</summary>
    public static IReadOnlyList<string> EventTypes(BillingRow row) => (row.Record.Kind, row.Version) switch
    {
        ("customer", _) => [row.Deleted ? "customer.deleted" : "customer.updated"],
        ("subscription", 0) => ["customer.subscription.created"],
        ("subscription", _) => [IsCanceled(row) ? "customer.subscription.deleted" : "customer.subscription.updated"],
        ("invoice", 0) => ["invoice.created", "invoice.finalized"],
        ("invoice", _) => row.Deleted ? ["invoice.deleted"] : ["invoice.paid", "invoice.payment_succeeded"],
        ("charge", 0) => ["charge.succeeded"],
        _ => ["charge.refunded"],
    };

    public static bool IsCanceled(BillingRow row) => row is { Version: > 0, Record.Kind: "subscription" } && row.Number % 3 == 0;

    /// <summary>What is deleted is in no list; events alone tell of it.</summary>
    public static bool IsListed(BillingRow row) => !row.Deleted;
}
