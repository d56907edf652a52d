using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>Tickets: most name their company; the back office's own name nobody.</summary>
public static class IntercomTickets
{
    private const int Count = 80;
    private const int New = 4;

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<IntercomContact> contacts)
    {
        var random = Chance.Of(world.Seed, "intercom tickets");
        var share = new Share<IntercomContact>(contacts.Where(contact => contact.Company is not null), random);
        var stamp = new DateTimeOffset(2025, 6, 10, 7, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < Count; index++)
        {
            var contact = index % 25 == 4 ? null : share.Next(index);
            yield return Row(index, contact, stamp = IntercomForm.Next(stamp, index, random)) with { Late = index >= Count - New };
        }
    }

    private static StampedRow Row(int index, IntercomContact? contact, DateTimeOffset stamp)
    {
        var (id, created, updated) = ($"{700 + index}", stamp.AddHours(-2).ToUnixTimeSeconds(), stamp.ToUnixTimeSeconds());
        var category = contact is null ? "Back-office" : "Customer";
        return new(id, stamp, Answer.Row(new
        {
            type = "ticket",
            id,
            ticket_id = $"{53 + index}",
            ticket_attributes = new { _default_title_ = "Kaputt", _default_description_ = (string?)null },
            ticket_state = "submitted",
            ticket_type = new { type = "ticket_type", id = "117", name = "Bug", description = "", icon = "🦁", workspace_id = IntercomForm.Workspace, archived = false, created_at = 1719493065, updated_at = 1719493065, is_internal = false, category },
            contacts = IntercomForm.Contacts(contact),
            company_id = contact?.Company!.Id,
            admin_assignee_id = "0",
            team_assignee_id = "0",
            created_at = created,
            updated_at = updated,
            ticket_parts = new { type = "ticket_part.list", ticket_parts = Array.Empty<object>(), total_count = 0 },
            open = true,
            linked_objects = new { type = "list", data = Array.Empty<object>(), total_count = 0, has_more = false },
            category,
            is_shared = contact is not null,
            ticket_state_internal_label = "Submitted",
            ticket_state_external_label = "Submitted",
        }), contact?.Company!.Customer.End("intercom", "ticket", id) ?? new ChildTruth("intercom", "ticket", id, ChildTruth.DeadLettered, "account_id_missing"));
    }
}
