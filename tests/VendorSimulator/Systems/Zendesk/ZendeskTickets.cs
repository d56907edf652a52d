using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>Tickets: of the organizations, some of none, some deleted.</summary>
public static class ZendeskTickets
{
    private const int WithoutOrganization = 60;
    private const int Deleted = 25;

    private static readonly string[] Statuses = ["new", "open", "pending", "hold", "solved", "closed"];
    private static readonly string[] Subjects = ["Cannot log in", "Invoice is missing", "Export stops half way", "Question on limits", "Webhook comes twice", "Über-Konto sperren"];

    public static IReadOnlyList<ZendeskChild> Of(AccountWorld world, IReadOnlyList<ZendeskOrganization> organizations, int count)
    {
        var random = Chance.Of(world.Seed, "zendesk tickets");
        var share = new Share<ZendeskOrganization>(organizations, random);
        var without = Chance.Shuffled(Enumerable.Range(organizations.Count, count - organizations.Count), random).Take(WithoutOrganization).ToHashSet();
        var deleted = Chance.Shuffled(Enumerable.Range(0, count), random).Take(Deleted).ToHashSet();
        var order = Chance.Shuffled(Enumerable.Range(0, count), random);
        var tickets = new List<ZendeskChild>();
        var generated = new DateTimeOffset(2025, 4, 2, 10, 0, 0, TimeSpan.Zero);
        for (var place = 0; place < count; place++)
        {
            // Tickets of one second across each end of a page of 100, 200, ... rows.
            if (place % 100 is < 96 and > 3) generated = generated.AddSeconds(random.Next(20, 15_000));
            var index = order[place];
            var organization = without.Contains(index) ? null : share.Next(index);
            var id = 4_100_001L + index;
            tickets.Add(new(
                Row(id, organization, generated, deleted.Contains(index), random),
                ZendeskOrganizations.End(organization, "ticket", id, deleted.Contains(index))));
        }

        return tickets;
    }

    private static ZendeskRow Row(long id, ZendeskOrganization? organization, DateTimeOffset generated, bool deleted, Random random)
    {
        var subject = Subjects[random.Next(Subjects.Length)];
        var status = Statuses[random.Next(Statuses.Length)];
        // The export goes by generated_timestamp, which can move while updated_at stays.
        var updated = generated.AddSeconds(-random.Next(3) * 3600);
        return new(generated.ToUnixTimeSeconds(), id, Answer.Row(new
        {
            url = $"https://nordlicht.zendesk.example/api/v2/tickets/{id}.json",
            id,
            external_id = (string?)null,
            via = new { channel = "email", source = new { from = new { }, to = new { }, rel = (string?)null } },
            created_at = ZendeskRow.Time(updated.AddDays(-3)),
            updated_at = ZendeskRow.Time(updated),
            generated_timestamp = generated.ToUnixTimeSeconds(),
            type = (string?)null,
            subject,
            raw_subject = subject,
            description = $"{subject}, since {updated.UtcDateTime:d MMMM}. Please help.",
            priority = "normal",
            status = deleted ? "deleted" : status,
            recipient = (string?)null,
            requester_id = 31_900_000_001_000 + random.Next(1_000_000),
            submitter_id = 31_900_000_001_000 + random.Next(1_000_000),
            assignee_id = (long?)null,
            organization_id = organization?.Id,
            group_id = 31_100_000_000_401,
            collaborator_ids = Array.Empty<long>(),
            follower_ids = Array.Empty<long>(),
            has_incidents = false,
            is_public = true,
            due_at = (string?)null,
            tags = new[] { "standard_customer" },
            custom_fields = new[] { new { id = 31_100_000_000_702, value = "standard_customer" } },
            satisfaction_rating = new { score = "unoffered" },
            brand_id = 31_100_000_000_903,
            allow_channelback = false,
            allow_attachments = true,
            from_messaging_channel = false,
        }));
    }
}
