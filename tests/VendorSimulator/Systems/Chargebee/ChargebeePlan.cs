using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargebee;

/// <summary>How much Chargebee holds, and the children that an old site has.</summary>
public static class ChargebeePlan
{
    /// <summary>Invoices and transactions that nobody has touched since 2016.</summary>
    private const int Untouched = 4;

    public static BillingPlan Plan { get; } = new("chargebee", 75,
    [
        new("subscription", 95) { Deleted = 3, DeletedByChange = 2 },
        new("invoice", 125) { Changing = 14, Deleted = 2 },
        new("transaction", 90) { Without = 5, DeletedByChange = 2 },
    ])
    {
        LosesCustomer = true,
    };

    /// <summary>Whether it has no <c>updated_at</c>, as what was not changed since September 2016.</summary>
    public static bool IsUntouched(BillingRow row) => row is { Version: 0, Record: PayerChild { Kind: not "subscription", Number: <= Untouched } };

    public static DateTimeOffset CreatedOf(BillingRow row) => IsUntouched(row) ? row.Created.AddYears(-10) : row.Created;
}
