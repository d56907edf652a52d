using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class CustomersTests
{
    private static readonly AccountWorld World = AccountWorld.Of(7);

    [Fact]
    public void A_system_with_fewer_customers_knows_none_that_a_system_with_more_does_not()
    {
        var few = Customers.Of(World, "few", 40).Where(IsRight).Select(customer => customer.AccountId).ToHashSet();
        var many = Customers.Of(World, "many", 120).Where(IsRight).Select(customer => customer.AccountId).ToHashSet();
        Assert.Equal(40, few.Count);
        Assert.Subset(many, few);
    }

    [Fact]
    public void An_address_leads_to_one_account_at_most_over_all_systems()
    {
        var all = Customers.Of(World, "one", 200).Concat(Customers.Of(World, "two", 90)).Where(customer => customer.AccountId is not null);
        Assert.All(all.GroupBy(customer => customer.Email), same => Assert.Single(same.Select(customer => customer.AccountId).Distinct()));
    }

    [Fact]
    public void Near_misses_unknown_ones_and_those_without_an_account_id_let_no_child_in()
    {
        var customers = Customers.Of(World, "billing", 100, near: 5, unknown: 3, without: 2);
        Assert.Equal(110, customers.Count);
        Assert.All(customers.Where(customer => customer.LetsChildrenIn), customer => Assert.Contains(World.Accounts, account => account.AccountId == customer.AccountId && account.End.LetsChildrenIn));
        Assert.InRange(customers.Count(customer => customer.LetsChildrenIn), 70, 95);
    }

    [Fact]
    public void The_same_seed_gives_the_same_customers() =>
        Assert.Equal(Customers.Of(World, "billing", 50), Customers.Of(AccountWorld.Of(7), "billing", 50));

    private static bool IsRight(Customer customer) => customer.AccountId is { } id && World.Accounts.Any(account => account.AccountId == id);
}
