using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>A contact.</summary>
/// <param name="Company">The first of its companies; null for a visitor who has none.</param>
/// <param name="Email">For the first contact of a company the customer's one address; null where it is not known.</param>
/// <param name="ExternalId">Its id in our own product.</param>
public sealed record IntercomContact(string Id, IntercomCompany? Company, string? Email, string? ExternalId)
{
    /// <summary>The company decides; without one the address, which leads nowhere, for only companies' addresses are known.</summary>
    public ChildTruth End => this switch
    {
        { Company: { } company } => company.Customer.End("intercom", "contact", Id),
        { Email: not null } => new(Source: "intercom", "contact", Id, ChildTruth.Parked),
        _ => new("intercom", "contact", Id, ChildTruth.DeadLettered, "account_id_missing"),
    };
}

/// <summary>The contacts: the people of the companies, visitors with an address, and visitors without anything.</summary>
public static class IntercomContacts
{
    private const int OfCompanies = 170;
    private const int Visitors = 8;
    private const int Nameless = 5;
    private const int New = 5;

    public static IReadOnlyList<IntercomContact> Of(AccountWorld world, IReadOnlyList<IntercomCompany> companies)
    {
        var random = Chance.Of(world.Seed, "intercom contacts");
        var share = new Share<IntercomCompany>(companies, random);
        var contacts = Enumerable.Range(0, OfCompanies).Select(index => OfCompany(IntercomForm.Id(random), share.Next(index), index));
        var visitors = Enumerable.Range(0, Visitors + Nameless).Select(index => new IntercomContact(IntercomForm.Id(random), null, index < Visitors ? $"visitor{index}@elsewhere.example" : null, null));
        return Chance.Shuffled([.. contacts, .. visitors], random);

        IntercomContact OfCompany(string id, IntercomCompany company, int index) =>
            new(id, company, index < companies.Count ? company.Customer.Email : $"person{index}@c{company.Id}.example", index % 3 == 0 ? null : $"user-{index}");
    }

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<IntercomContact> contacts)
    {
        var random = Chance.Of(world.Seed, "intercom contact rows");
        var stamp = new DateTimeOffset(2025, 5, 20, 9, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < contacts.Count; index++)
            yield return Row(contacts[index], stamp = IntercomForm.Next(stamp, index, random), seen: false) with { Late = index >= contacts.Count - New };
        foreach (var (index, contact) in contacts.Where(contact => contact.Company is not null).Take(New).Index())
            yield return Row(contact, stamp = stamp.AddSeconds(index % 2 * 3600), seen: true) with { Late = true };
    }

    private static StampedRow Row(IntercomContact contact, DateTimeOffset stamp, bool seen) => new(contact.Id, stamp, Answer.Row(new
    {
        type = "contact",
        id = contact.Id,
        workspace_id = IntercomForm.Workspace,
        external_id = contact.ExternalId,
        role = contact.ExternalId is null ? "lead" : "user",
        email = contact.Email,
        phone = (string?)null,
        name = (string?)null,
        avatar = (string?)null,
        owner_id = (long?)null,
        social_profiles = new { type = "list", data = Array.Empty<object>() },
        has_hard_bounced = false,
        marked_email_as_spam = false,
        unsubscribed_from_emails = false,
        created_at = stamp.AddDays(-9).ToUnixTimeSeconds(),
        updated_at = stamp.ToUnixTimeSeconds(),
        signed_up_at = (long?)null,
        last_seen_at = seen ? stamp.ToUnixTimeSeconds() : (long?)null,
        last_replied_at = (long?)null,
        last_contacted_at = (long?)null,
        language_override = (string?)null,
        browser = (string?)null,
        os = (string?)null,
        location = new { type = "location", country = "Germany", region = (string?)null, city = (string?)null, country_code = "DEU", continent_code = "EU" },
        custom_attributes = new { },
        tags = IntercomForm.List($"/contacts/{contact.Id}/tags"),
        notes = IntercomForm.List($"/contacts/{contact.Id}/notes"),
        companies = contact.Company is { } company ? IntercomForm.List($"/contacts/{contact.Id}/companies", new { type = "company", id = company.Id, url = $"/companies/{company.Id}" }) : IntercomForm.List($"/contacts/{contact.Id}/companies"),
        opted_out_subscription_types = IntercomForm.List($"/contacts/{contact.Id}/subscriptions"),
        opted_in_subscription_types = IntercomForm.List($"/contacts/{contact.Id}/subscriptions"),
        utm_campaign = (string?)null,
        referrer = (string?)null,
    }), contact.End);
}
