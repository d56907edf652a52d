using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.World;

/// <summary>A customer under the id that a system has for it.</summary>
/// <param name="Story">Whether it is known later than others, or its account_id is.</param>
public sealed record Owner(long Id, Customer Customer, RowStory Story, DateTimeOffset Stamp)
{
    /// <summary>In the order of their changes.</summary>
    /// <param name="firstId">The ids are this and some above.</param>
    public static IReadOnlyList<Owner> Of(IReadOnlyList<Customer> customers, long firstId, Stamps stamps, Random random)
    {
        var ids = Chance.Shuffled(Enumerable.Range(0, customers.Count), random);
        return [.. customers.Select((customer, index) => new Owner(firstId + (ids[index] * 37L), customer, StoryOf(customer, index), stamps.Next()))];
    }

    /// <summary>The account_id as it is written before and after the change.</summary>
    public string? AccountId(bool after) => after ? Customer.AccountId : null;

    private static RowStory StoryOf(Customer customer, int index) =>
        !customer.LetsChildrenIn ? RowStory.Stays : (index % 12) switch { 5 => RowStory.ChangesLater, 10 => RowStory.ComesLater, _ => RowStory.Stays };
}

/// <summary>How a child says whose it is.</summary>
public enum Tie
{
    Parent,

    /// <summary>Only by the email address that all systems have for its customer.</summary>
    Email,

    Nothing,
}

/// <summary>A child that a system will have.</summary>
/// <param name="Before">
/// Whose it is until it changes; the same owner where only something else changes. A child that was let in stays in when it
/// moves to an account that is not admitted, and its new version waits beside it: two places for one object, so none moves so.
/// </param>
public sealed record PlannedChild(long Id, Owner Owner, Owner Before, Tie Tie, bool Deleted, RowStory Story, DateTimeOffset Stamp)
{
    /// <summary>In the order of their changes.</summary>
    /// <param name="withoutTie">How many say nothing of their owner.</param>
    /// <param name="deleted">How many are marked as deleted.</param>
    public static IReadOnlyList<PlannedChild> Of(IReadOnlyList<Owner> owners, int count, int withoutTie, int deleted, long firstId, Stamps stamps, Random random)
    {
        var share = new Share<Owner>(owners, random);
        var gone = Chance.Shuffled(Enumerable.Range(0, count), random).Take(deleted).ToHashSet();
        var all = Enumerable.Range(0, count).Select(index => (Index: index, Owner: share.Next(index))).ToArray();
        return [.. Chance.Shuffled(all, random).Select(child => new PlannedChild(
            firstId + child.Index,
            child.Owner,
            child.Index % 38 == 9 && child.Owner.Customer.LetsChildrenIn ? all[(child.Index * 7) % owners.Count].Owner : child.Owner,
            TieOf(child.Index, child.Owner),
            gone.Contains(child.Index),
            child.Index >= count - withoutTie ? RowStory.Stays : (child.Index % 19) switch { 9 => RowStory.ChangesLater, 14 => RowStory.ComesLater, _ => RowStory.Stays },
            stamps.Next()))];

        // Each owner has one of the first children, so that no address comes twice.
        Tie TieOf(int index, Owner owner) => index >= count - withoutTie ? Tie.Nothing : index < owners.Count && index % 8 == 3 && owner.Customer.LetsChildrenIn ? Tie.Email : Tie.Parent;
    }

    /// <summary>Where it ends, by its owner after the change.</summary>
    public ChildTruth End(string source, string type) => Tie == Tie.Nothing
        ? new(source, type, $"{Id}", ChildTruth.DeadLettered, "account_id_missing", Deleted: Deleted)
        : Owner.Customer.End(source, type, $"{Id}", Deleted);
}
