using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.OutsidePublisher.Product;

/// <summary>How much the company's own product has to tell.</summary>
[Settings("Simulator:Product")]
public sealed class ProductSettings
{
    [Setting("Usage events.", Minimum = 0, Maximum = 10_000_000)]
    public int UsageEvents { get; set; } = 40_000;

    [Setting("Users of the product.", Minimum = 10, Maximum = 100_000)]
    public int Users { get; set; } = 600;

    [Setting("Messages a second.", Minimum = 1, Maximum = 50_000)]
    public int Pace { get; set; } = 4000;
}
