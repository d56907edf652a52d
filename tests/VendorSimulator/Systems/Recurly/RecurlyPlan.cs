using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Recurly;

/// <summary>How much Recurly holds. Every account has a code: where nobody has put the account_id there, it is one of the shop's own.</summary>
public static class RecurlyPlan
{
    public static BillingPlan Plan { get; } = new("recurly", 90,
    [
        new("subscription", 115),
        new("invoice", 130) { Changing = 16 },
        new("transaction", 105) { Without = 4 },
    ])
    {
        Unnamed = "shop-",
    };
}
