using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Capsule;

/// <summary>Opportunities and projects. Their party is an organisation, or a person, who may belong to one.</summary>
public static class CapsuleWork
{
    public static IEnumerable<RowVersion> Opportunities(IReadOnlyList<PlannedChild> plan) => Rows(plan, Opportunity);

    public static IEnumerable<RowVersion> Projects(IReadOnlyList<PlannedChild> plan) => Rows(plan, Project);

    public static ChildTruth End(PlannedChild child, string type) => child.End("capsule", type);

    private static IEnumerable<RowVersion> Rows(IReadOnlyList<PlannedChild> plan, Func<PlannedChild, Owner, DateTimeOffset, object> row) => plan.SelectMany(child =>
        RowVersion.Of(child.Id, child.Story, child.Stamp, plan[^1].Stamp, (after, stamp) => Answer.Row(row(child, after ? child.Owner : child.Before, stamp))));

    private static object Opportunity(PlannedChild child, Owner owner, DateTimeOffset stamp) => new
    {
        id = child.Id,
        owner = (object?)null,
        team = (object?)null,
        party = Party(child, owner),
        lostReason = (object?)null,
        milestone = new { id = 14, name = "Bid", pipeline = new { id = 3, name = "Sales" } },
        value = new { amount = child.Id % 9000, currency = "EUR" },
        createdAt = ChangingList.Time(child.Stamp.AddDays(-70)),
        updatedAt = ChangingList.Time(stamp),
        expectedCloseOn = "2026-12-09",
        description = (string?)null,
        durationBasis = "MONTH",
        duration = 12,
        closedOn = (string?)null,
        lastContactedAt = (string?)null,
        lastStageChangedAt = ChangingList.Time(child.Stamp.AddDays(-7)),
        lastOpenMilestone = (object?)null,
        probability = child.Id % 100,
        name = child.Id % 2 == 0 ? "Verlängerung" : "New seats",
        fields = Array.Empty<object>(),
    };

    private static object Project(PlannedChild child, Owner owner, DateTimeOffset stamp) => new
    {
        id = child.Id,
        owner = (object?)null,
        team = (object?)null,
        party = child.Tie == Tie.Nothing ? null : Party(child, owner),
        status = "OPEN",
        opportunity = (object?)null,
        stage = new { name = "Project Brief", id = 104_607 },
        createdAt = ChangingList.Time(child.Stamp.AddDays(-30)),
        updatedAt = ChangingList.Time(stamp),
        description = "First steps",
        name = "Onboarding",
        closedOn = (string?)null,
        lastContactedAt = (string?)null,
        expectedCloseOn = "2026-12-09",
        fields = Array.Empty<object>(),
    };

    /// <summary>One in three is of a person of the organisation; what says nothing of an organisation, or only by an address, is of a person alone.</summary>
    private static object Party(PlannedChild child, Owner owner) => child.Tie != Tie.Parent || child.Id % 3 == 0
        ? CapsuleParties.Person(child.Id + 600_000_000, owner, child.Tie, child.Stamp)
        : CapsuleParties.Organisation(owner, owner.AccountId(true), child.Stamp);
}
