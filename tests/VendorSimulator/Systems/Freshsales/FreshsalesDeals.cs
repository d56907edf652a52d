using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshsales;

/// <summary>Deals. Most have the id of their account in a field, some only in the account that is embedded.</summary>
public static class FreshsalesDeals
{
    public static IEnumerable<RowVersion> Rows(IReadOnlyList<PlannedChild> plan) => plan.SelectMany(child =>
        RowVersion.Of(child.Id, child.Story, child.Stamp, plan[^1].Stamp, (after, stamp) => Row(child, after ? child.Owner : child.Before, stamp)));

    private static JsonElement Row(PlannedChild child, Owner owner, DateTimeOffset stamp) => Answer.Row(new
    {
        id = child.Id,
        name = child.Id % 3 == 0 ? "Renewal" : "Upgrade",
        amount = $"{child.Id % 5000}.0",
        base_currency_amount = $"{child.Id % 5000}.0",
        expected_close = "2026-12-31",
        closed_date = (string?)null,
        stage_updated_time = ChangingList.Time(child.Stamp.AddDays(-2)),
        custom_field = new { },
        probability = child.Id % 100,
        updated_at = ChangingList.Time(stamp),
        created_at = ChangingList.Time(child.Stamp.AddDays(-60)),
        deal_pipeline_id = 5_000_002_321,
        deal_stage_id = 5_000_016_990 + (child.Id % 5),
        age = 60,
        links = FreshsalesAccounts.Links("deals", child.Id),
        recent_note = (string?)null,
        completed_sales_sequences = (string?)null,
        active_sales_sequences = (string?)null,
        web_form_id = (long?)null,
        upcoming_activities_time = (string?)null,
        collaboration = new { },
        last_assigned_at = (string?)null,
        tags = Array.Empty<string>(),
        expected_deal_value = "0.0",
        is_deleted = child.Deleted,
        team_user_ids = (long[]?)null,
        rotten_days = (int?)null,
        sales_account_id = child.Tie == Tie.Nothing || child.Id % 6 == 0 ? (long?)null : owner.Id,
        sales_account = child.Tie == Tie.Nothing ? null : FreshsalesAccounts.Partial(owner, true),
    });
}
