using Pipeline.VendorSimulator.Systems.Chargebee;
using Pipeline.VendorSimulator.Systems.Chargify;
using Pipeline.VendorSimulator.Systems.Recurly;
using Pipeline.VendorSimulator.Systems.Stripe;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;
using Pipeline.VendorSimulator.World.Billing;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

public sealed class BillingWorldTests
{
    private static readonly BillingPlan[] Plans = [RecurlyPlan.Plan, ChargebeePlan.Plan, ChargifyPlan.Plan, StripePlan.Plan];

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(int.MaxValue)]
    public void Every_outcome_is_shown_and_every_id_is_its_own_whatever_the_seed(int seed)
    {
        Assert.All(Plans, plan =>
        {
            var billing = BillingWorld.Of(AccountWorld.Of(seed), plan);
            var shapes = new StripeShapes(seed);
            Assert.Equal(billing.Children.Count, billing.Children.Select(child => $"{child.Kind} {shapes.Id(child)}").Distinct().Count());
            var ends = billing.Children.Select(child => child.End(plan.System, "1")).ToArray();
            Assert.Equal([ChildTruth.Accepted, ChildTruth.DeadLettered, ChildTruth.Parked], ends.Select(end => end.Place).Distinct().Order(StringComparer.Ordinal));
            Assert.Contains(billing.Children, child => child.Owner is { NamedByChange: true } && child.End(plan.System, "1").Place == ChildTruth.Accepted);
            Assert.Contains(billing.Children, child => child.Owner is { Deleted: true } && child.End(plan.System, "1").Place == ChildTruth.Parked);
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_records_and_another_gives_others()
    {
        Assert.Equal(Records(7), Records(7));
        Assert.NotEqual(Records(7), Records(8));

        static BillingRecord[] Records(int seed) => [.. Plans.Select(plan => BillingWorld.Of(AccountWorld.Of(seed), plan)).SelectMany(billing => billing.Payers.Concat<BillingRecord>(billing.Children))];
    }

    [Fact]
    public void Whoever_is_deleted_while_it_is_read_has_no_children_for_their_end_would_rest_on_the_order()
    {
        Assert.All(Plans, plan => Assert.DoesNotContain(BillingWorld.Of(AccountWorld.Of(7), plan).Children, child => (child.Owner ?? child.Addressee) is { DeletedByChange: true }));
    }
}
