namespace Pipeline.VendorSimulator.World.Billing;

/// <summary>All customers of one billing system and what belongs to them, made from the seed.</summary>
public sealed class BillingWorld
{
    private const int Closed = 2;
    private const int NamedByChange = 3;
    private const int Renamed = 5;

    private BillingWorld(IReadOnlyList<Payer> payers, IReadOnlyList<PayerChild> children) => (Payers, Children) = (payers, children);

    public IReadOnlyList<Payer> Payers { get; }

    public IReadOnlyList<PayerChild> Children { get; }

    public IEnumerable<PayerChild> Of(string kind) => Children.Where(child => child.Kind == kind);

    public static BillingWorld Of(AccountWorld world, BillingPlan plan)
    {
        var payers = PayersOf(world, plan);
        Payer[] owners = [.. payers.Where(payer => !payer.DeletedByChange)];
        return new BillingWorld(payers, [.. plan.Kinds.SelectMany(kind => ChildrenOf(world.Seed, plan.System, kind, owners))]);
    }

    /// <summary>Of the customers that let children in, some were closed before and some get their account_id late: both are seen by what becomes of their children.</summary>
    private static Payer[] PayersOf(AccountWorld world, BillingPlan plan)
    {
        var random = Chance.Of(world.Seed, $"{plan.System} payers");
        var stamps = new BillingStamps(new DateTimeOffset(2025, 1, 13, 7, 0, 0, TimeSpan.Zero), random);
        var customers = Customers.Of(world, plan.System, plan.Right);
        var admitted = customers.Where(customer => customer.LetsChildrenIn).ToArray();
        var closed = admitted.Take(Closed).ToHashSet();
        var named = admitted.Skip(Closed).Take(NamedByChange).ToHashSet();
        var renamed = admitted.Skip(Closed + NamedByChange).Take(Renamed).ToHashSet();
        if (plan.LosesCustomer) customers = [.. customers, new Customer("Abgang GmbH", $"abgang@{plan.System}-customers.example", $"Abgang-{plan.System}", false, new DateOnly(2023, 3, 3))];
        return [.. customers.Select((customer, index) =>
        {
            var (created, updated) = stamps.Next();
            var leaves = plan.LosesCustomer && index == customers.Count - 1;
            return new Payer
            {
                Kind = "customer", Number = index + 1, Created = created, Updated = updated, Customer = customer,
                Unnamed = plan.Unnamed is { } start ? $"{start}{index + 1:0000}" : null, Deleted = closed.Contains(customer), DeletedByChange = leaves,
                NamedByChange = named.Contains(customer), ChangesAfter = leaves || named.Contains(customer) || renamed.Contains(customer) ? Later(index) : null,
            };
        })];
    }

    private static IEnumerable<PayerChild> ChildrenOf(int seed, string system, KindPlan plan, Payer[] owners)
    {
        var random = Chance.Of(seed, $"{system} {plan.Kind}");
        var stamps = new BillingStamps(new DateTimeOffset(2025, 3, 10, 9, 0, 0, TimeSpan.Zero), random);
        var share = new Share<Payer>(owners, random);
        var open = owners.Where(owner => !owner.Deleted).ToArray();
        var order = new Queue<int>(Chance.Shuffled(Enumerable.Range(0, plan.Count - plan.Late), random));
        var (without, byAddress, deleted) = (Take(plan.Without), Take(plan.ByAddress), Take(plan.Deleted));
        var (changing, deletedByChange) = (Take(plan.Changing), Take(plan.DeletedByChange));
        for (var index = 0; index < plan.Count; index++)
        {
            var ((created, updated), owner) = (stamps.Next(), share.Next(index));
            var named = !without.Contains(index) && !byAddress.Contains(index);
            yield return new PayerChild
            {
                Kind = plan.Kind, Number = index + 1, Created = created, Updated = updated,
                Owner = named ? owner : null, Addressee = byAddress.Contains(index) ? open[random.Next(open.Length)] : null,
                AppearsAfter = index >= plan.Count - plan.Late ? Later(index) : null,
                ChangesAfter = changing.Contains(index) || deletedByChange.Contains(index) ? Later(index) : null,
                Deleted = deleted.Contains(index), DeletedByChange = deletedByChange.Contains(index),
            };
        }

        HashSet<int> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => order.Dequeue())];
    }

    /// <summary>Several in each of four seconds, so that some share a stamp.</summary>
    private static TimeSpan Later(int index) => TimeSpan.FromSeconds(2 + (index % 4));
}
