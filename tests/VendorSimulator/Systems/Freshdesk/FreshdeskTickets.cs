using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshdesk;

/// <summary>Tickets. A rule of the help desk has closed many of them in one second, more than fill a page.</summary>
public static class FreshdeskTickets
{
    /// <summary>The last page that is given out; above it a reader must begin anew from the newest stamp.</summary>
    public const int LastPage = 300;

    private const int FirstOfRule = 90;
    private const int ClosedByRule = 70;

    public static IEnumerable<RowVersion> Rows(IReadOnlyList<PlannedChild> plan) => plan
        .Select((child, place) => place is >= FirstOfRule and < FirstOfRule + ClosedByRule ? child with { Stamp = plan[FirstOfRule].Stamp } : child)
        .SelectMany(child => RowVersion.Of(child.Id, child.Story, child.Stamp, plan[^1].Stamp, (after, stamp) => Answer.Row(Ticket(child, after ? child.Owner : child.Before, stamp))));

    private static object Ticket(PlannedChild child, Owner owner, DateTimeOffset stamp) => new
    {
        cc_emails = Array.Empty<string>(),
        fwd_emails = Array.Empty<string>(),
        reply_cc_emails = Array.Empty<string>(),
        ticket_cc_emails = Array.Empty<string>(),
        fr_escalated = false,
        spam = false,
        email_config_id = (long?)null,
        group_id = (long?)null,
        priority = 1 + (child.Id % 4),
        requester_id = 501_001_204_000 + child.Id,
        responder_id = 501_001_202_520,
        source = child.Tie == Tie.Nothing ? 3 : 1,
        company_id = child.Tie == Tie.Parent ? owner.Id : (long?)null,
        status = 2 + (child.Id % 4),
        subject = child.Id % 2 == 0 ? "Rechnung fehlt" : "Cannot log in",
        association_type = (string?)null,
        support_email = (string?)null,
        to_emails = (string[]?)null,
        product_id = (long?)null,
        id = child.Id,
        type = (string?)null,
        due_by = ChangingList.Time(child.Stamp.AddDays(3)),
        fr_due_by = ChangingList.Time(child.Stamp.AddDays(1)),
        is_escalated = false,
        custom_fields = new { cf_reference_number = (string?)null },
        created_at = ChangingList.Time(child.Stamp.AddDays(-2)),
        updated_at = ChangingList.Time(stamp),
        associated_tickets_count = (int?)null,
        tags = Array.Empty<string>(),
        sentiment_score = (int?)null,
        initial_sentiment_score = (int?)null,
        nr_due_by = (string?)null,
        nr_escalated = false,
        requester = new { id = 501_001_204_000 + child.Id, name = Person.Of(child.Id).Name, email = FreshdeskPeople.Email(child, owner), mobile = (string?)null, phone = (string?)null },
    };
}
