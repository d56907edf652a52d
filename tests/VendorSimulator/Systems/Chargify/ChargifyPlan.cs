using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.VendorSimulator.Systems.Chargify;

/// <summary>How much Chargify holds.</summary>
public static class ChargifyPlan
{
    public static BillingPlan Plan { get; } = new("chargify", 60, [new("subscription", 85), new("invoice", 125) { Changing = 14, Without = 3, ByAddress = 5 }]);
}
