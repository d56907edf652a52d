using System.Globalization;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher.Product;

/// <summary>A user of the company's own product.</summary>
/// <param name="AccountId">The account that the user belongs to; null for one that nobody knows.</param>
/// <param name="LetsIn">Whether that account is admitted.</param>
public sealed record ProductUser(string Id, string? AccountId, bool LetsIn)
{
    /// <summary>One in this many is a trial that belongs to no account.</summary>
    private const int OneTrialIn = 25;

    public bool IsInTheTable => AccountId is not null;

    public static IReadOnlyList<ProductUser> Of(AccountWorld world, int count)
    {
        var customers = Customers.Of(world, "product", 250, near: 0, unknown: 0, without: 0);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"u-{index + 1:00000}");
            var customer = customers[index % customers.Count];
            return index % OneTrialIn == OneTrialIn - 1 ? new ProductUser(id, null, false) : new ProductUser(id, customer.AccountId, customer.LetsChildrenIn);
        })];
    }
}
