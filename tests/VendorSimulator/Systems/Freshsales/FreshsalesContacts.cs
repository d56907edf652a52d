using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshsales;

/// <summary>Contacts. Some carry an account_id of their own, which goes before that of their account; a few as a number that is none.</summary>
public static class FreshsalesContacts
{
    public static IEnumerable<RowVersion> Rows(IReadOnlyList<PlannedChild> plan) => plan.SelectMany(child =>
        RowVersion.Of(child.Id, child.Story, child.Stamp, plan[^1].Stamp, (after, stamp) => Row(child, after ? child.Owner : child.Before, stamp)));

    public static ChildTruth End(PlannedChild child) => OwnAccountId(child) is { ValueKind: JsonValueKind.Number }
        ? new("freshsales", "contact", $"{child.Id}", ChildTruth.DeadLettered, "account_id_not_text", Deleted: child.Deleted)
        : child.End("freshsales", "contact");

    /// <summary>The same as its account's, or a number with a fraction; null for most.</summary>
    private static JsonElement? OwnAccountId(PlannedChild child) => child is { Tie: Tie.Parent, Story: RowStory.Stays, Owner.Customer: { LetsChildrenIn: true, AccountId: { } accountId } }
        ? (child.Id % 20) switch { 4 => Answer.Row(accountId), 5 => Answer.Row(12345.0m + (child.Id % 7)), _ => null }
        : null;

    private static JsonElement Row(PlannedChild child, Owner owner, DateTimeOffset stamp)
    {
        var person = Person.Of(child.Id);
        var email = child.Tie switch { Tie.Nothing => null, Tie.Email => owner.Customer.Email, _ => $"contact{child.Id}@{owner.Id}.example" };
        return Answer.Row(new
        {
            id = child.Id,
            first_name = person.FirstName,
            last_name = person.LastName,
            display_name = person.Name,
            avatar = (string?)null,
            job_title = (string?)null,
            city = (string?)null,
            state = (string?)null,
            zipcode = (string?)null,
            country = (string?)null,
            email,
            emails = email is null ? [] : new[] { new { id = child.Id, value = email, is_primary = true, label = (string?)null, _destroy = false } },
            do_not_disturb = false,
            has_authority = false,
            time_zone = (string?)null,
            department = (string?)null,
            work_number = (string?)null,
            mobile_number = (string?)null,
            address = (string?)null,
            last_seen = (string?)null,
            lead_score = 0,
            lead_quality = "Cold",
            last_contacted = (string?)null,
            open_deals_amount = "0.0",
            won_deals_amount = "0.0",
            links = FreshsalesAccounts.Links("contacts", child.Id),
            last_contacted_sales_activity_mode = (string?)null,
            custom_field = new { cf_account_id = OwnAccountId(child), cf_notes = (string?)null },
            created_at = ChangingList.Time(child.Stamp.AddDays(-20)),
            updated_at = ChangingList.Time(stamp),
            keyword = (string?)null,
            medium = (string?)null,
            recent_note = (string?)null,
            won_deals_count = 0,
            open_deals_count = 0,
            last_assigned_at = (string?)null,
            tags = Array.Empty<string>(),
            is_deleted = child.Deleted,
            team_user_ids = (long[]?)null,
            sales_accounts = child.Tie == Tie.Parent ? new[] { FreshsalesAccounts.Partial(owner, true) } : [],
        });
    }
}
