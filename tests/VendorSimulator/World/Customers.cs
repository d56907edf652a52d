using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.World;

/// <summary>An account as another system of the company knows it: with the account_id that somebody has written there.</summary>
/// <param name="Name">The company's; never empty.</param>
/// <param name="Email">
/// The same in every system that has the account_id right, so that it leads to one account; an address of its own where the
/// account_id is wrong or missing, so that it leads nowhere.
/// </param>
/// <param name="AccountId">As it is written in this system; null where nobody has filled it in.</param>
/// <param name="LetsChildrenIn">Whether the account_id is right and its account is admitted.</param>
/// <param name="Since">When the customer joined.</param>
public sealed record Customer(string Name, string Email, string? AccountId, bool LetsChildrenIn, DateOnly Since)
{
    /// <summary>Where a child ends whose first claim leads to this customer.</summary>
    public ChildTruth End(string source, string type, string nativeId, bool deleted = false) => LetsChildrenIn
        ? new(source, type, nativeId, ChildTruth.Accepted, AccountId: AccountId, Deleted: deleted)
        : new(source, type, nativeId, ChildTruth.Parked, AccountId: AccountId, Deleted: deleted);
}

/// <summary>
/// The customers of each system. Those that name their account rightly are taken from one list in one order, so that what a
/// system with few of them knows is known to every system with more.
/// </summary>
public static class Customers
{
    /// <param name="system">For what is this system's alone.</param>
    /// <param name="right">How many name their account exactly; 1 to 250. About one in six of those accounts is not admitted.</param>
    /// <param name="near">How many name it nearly: in another case, or with a blank behind.</param>
    /// <param name="unknown">How many name an account that never exists.</param>
    /// <param name="without">How many have no account_id.</param>
    public static IReadOnlyList<Customer> Of(AccountWorld world, string system, int right, int near = 4, int unknown = 3, int without = 4)
    {
        var random = Chance.Of(world.Seed, $"{system} customers");
        var order = InOrder(world);
        var wellKnown = order.Skip(right).Where(account => account.Kind == AccountKind.Good).Take(near).ToArray();
        return Chance.Shuffled(
        [
            .. order.Take(right).Select(account => new Customer(NameOf(account), EmailOf(account), account.AccountId, account.End.LetsChildrenIn, SinceOf(account))),
            .. wellKnown.Select((account, index) => Stray(NameOf(account), index % 2 == 0 ? account.AccountId!.ToLowerInvariant() : account.AccountId + " ", SinceOf(account), $"near{index}")),
            .. Enumerable.Range(0, unknown).Select(index => Stray(CompanyName.Full("Atlantis", random), $"Atlantis-{system}-{index + 1}", new DateOnly(2021, 5, 1), $"unknown{index}")),
            .. Enumerable.Range(0, without).Select(index => Stray(CompanyName.Full("Namenlos", random), null, new DateOnly(2022, 6, 1), $"without{index}")),
        ], random);

        Customer Stray(string name, string? accountId, DateOnly since, string mailbox) => new(name, $"{mailbox}@{system}-customers.example", accountId, false, since);
    }

    /// <summary>The one address that every system has for an account.</summary>
    public static string EmailOf(Account account) =>
        $"office@{string.Concat(account.AccountId!.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))}.example";

    /// <summary>Two records that share an account_id are one account here. Those of which stories are told are the shop's alone.</summary>
    private static Account[] InOrder(AccountWorld world) =>
        Chance.Shuffled(world.Accounts.Where(account => account.AccountId is not null && account.Kind is not (AccountKind.CaseTwin or AccountKind.LeavesAndReturns or AccountKind.Misspelled)).DistinctBy(account => account.AccountId), Chance.Of(world.Seed, "customers"));

    private static string NameOf(Account account) => string.IsNullOrEmpty(account.Name) ? "Kunde ohne Namen" : account.Name;

    private static DateOnly SinceOf(Account account) => account.CustomerSince ?? new DateOnly(2020, 1, 1);
}
