using Pipeline.Gatekeeper.Events;

namespace Pipeline.Gatekeeper.Deciding;

/// <summary>What configuration says of the kinds of objects.</summary>
/// <param name="Events">Which are usage events.</param>
/// <param name="Order">Which claims are tried, and in which order.</param>
/// <param name="People">Which are people.</param>
public sealed record ChildKinds(UsageEvents Events, ClaimOrder Order, People People)
{
    public static readonly ChildKinds Default = new(UsageEvents.Default, ClaimOrder.AsPublished, People.Default);

    public static ChildKinds From(IConfiguration configuration) => new(UsageEvents.From(configuration), ClaimOrder.From(configuration), People.From(configuration));
}
