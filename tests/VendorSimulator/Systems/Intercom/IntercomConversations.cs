using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>
/// Conversations. Some name the company; others were begun by a contact, whose address leads to the account of its company
/// where that lets its contacts in; of some nobody knows more than the contact's id; a few have no contact.
/// </summary>
public static class IntercomConversations
{
    private const int Count = 130;
    private const int New = 6;

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<IntercomContact> contacts)
    {
        var random = Chance.Of(world.Seed, "intercom conversations");
        var share = new Share<IntercomContact>(contacts.Where(contact => contact.Company is not null), random);
        var stamp = new DateTimeOffset(2025, 6, 2, 7, 0, 0, TimeSpan.Zero);
        var first = new List<(string Id, Beginning Beginning, IntercomContact? Contact)>();
        for (var index = 0; index < Count; index++)
        {
            var beginning = index % 30 == 11 ? Beginning.Nobody : (Beginning)random.Next(1, 4);
            first.Add(($"{4000 + index}", beginning, beginning == Beginning.Nobody ? null : share.Next(index)));
            yield return Row(first[^1], stamp = IntercomForm.Next(stamp, index, random), "open") with { Late = index >= Count - New };
        }

        foreach (var (index, conversation) in first.Where(conversation => conversation.Contact is not null).Take(New).Index())
            yield return Row(conversation, stamp = stamp.AddSeconds(index % 2 * 30), "closed") with { Late = true };
    }

    /// <summary>What a conversation tells of who began it.</summary>
    private enum Beginning
    {
        Nobody,
        OfCompany,
        ByContact,
        ByAdmin,
    }

    private static ChildTruth End((string Id, Beginning Beginning, IntercomContact? Contact) conversation) => conversation switch
    {
        (var id, Beginning.OfCompany, { Company: { } company }) => company.Customer.End("intercom", "conversation", id),
        (var id, Beginning.ByContact, { Company.Customer: var customer, Email: not null }) => customer.End("intercom", "conversation", id),
        (var id, Beginning.Nobody, _) => new("intercom", "conversation", id, ChildTruth.DeadLettered, "account_id_missing"),
        var (id, _, _) => new(Source: "intercom", "conversation", id, ChildTruth.Parked),
    };

    private static StampedRow Row((string Id, Beginning Beginning, IntercomContact? Contact) conversation, DateTimeOffset stamp, string state)
    {
        var (id, beginning, contact) = conversation;
        var author = beginning is Beginning.OfCompany or Beginning.ByContact
            ? new { type = "user", id = contact!.Id, name = (string?)null, email = contact.Email }
            : new { type = "admin", id = "991267553", name = (string?)"Ciara", email = (string?)"ciara@nordlicht.example" };
        var row = new Dictionary<string, object?>
        {
            ["type"] = "conversation",
            ["id"] = id,
            ["created_at"] = stamp.AddHours(-5).ToUnixTimeSeconds(),
            ["updated_at"] = stamp.ToUnixTimeSeconds(),
            ["waiting_since"] = null,
            ["snoozed_until"] = null,
            ["source"] = new { type = "conversation", id = "4039" + id, delivered_as = author.type == "admin" ? "admin_initiated" : "customer_initiated", subject = "", body = "<p>Wie geht das?</p>", author, attachments = Array.Empty<object>(), url = (string?)null, redacted = false },
            ["contacts"] = IntercomForm.Contacts(contact),
            ["first_contact_reply"] = null,
            ["admin_assignee_id"] = 991267715,
            ["team_assignee_id"] = 5017691,
            ["open"] = state == "open",
            ["state"] = state,
            ["read"] = false,
            ["tags"] = new { type = "tag.list", tags = Array.Empty<object>() },
            ["priority"] = "not_priority",
            ["title"] = null,
            ["custom_attributes"] = new { },
            ["topics"] = new { },
            ["ticket"] = null,
            ["linked_objects"] = new { type = "list", data = Array.Empty<object>(), total_count = 0, has_more = false },
            ["ai_agent_participated"] = false,
        };
        if (beginning == Beginning.OfCompany) row["company"] = new { type = "company", id = contact!.Company!.Id };
        return new(id, stamp, Answer.Row(row), End(conversation));
    }
}
