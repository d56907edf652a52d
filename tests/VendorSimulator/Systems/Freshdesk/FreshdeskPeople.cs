using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshdesk;

/// <summary>Companies, whose account_id is in a field that the help desk's owner has made, and their contacts.</summary>
public static class FreshdeskPeople
{
    public static IEnumerable<RowVersion> Companies(IReadOnlyList<Owner> owners) => owners.SelectMany(owner =>
        RowVersion.Of(owner.Id, owner.Story, owner.Stamp, owners[^1].Stamp, (after, stamp) => Answer.Row(Company(owner, owner.AccountId(after), stamp))));

    public static IEnumerable<RowVersion> Contacts(IReadOnlyList<PlannedChild> plan) => plan.SelectMany(child =>
        RowVersion.Of(child.Id, child.Story, child.Stamp, plan[^1].Stamp, (after, stamp) => Answer.Row(Contact(child, after ? child.Owner : child.Before, stamp))));

    /// <summary>Of whom a ticket is: the address is the customer's, or the person's own, or none, as with a call.</summary>
    public static string? Email(PlannedChild child, Owner owner) => child.Tie switch
    {
        Tie.Nothing => null,
        Tie.Email => owner.Customer.Email,
        _ => $"person{child.Id}@f{owner.Id}.example",
    };

    private static object Company(Owner owner, string? accountId, DateTimeOffset stamp) => new
    {
        id = owner.Id,
        name = owner.Customer.Name,
        description = (string?)null,
        note = (string?)null,
        domains = new[] { $"f{owner.Id}.example" },
        created_at = ChangingList.Time(new DateTimeOffset(owner.Customer.Since, new TimeOnly(9, 8, 53), TimeSpan.Zero)),
        updated_at = ChangingList.Time(stamp),
        custom_fields = new { account_id = accountId, region = "EU" },
        health_score = "Happy",
        account_tier = owner.Id % 2 == 0 ? "Premium" : "Basic",
        renewal_date = "2026-12-31T00:00:00Z",
        industry = (string?)null,
        org_company_id = $"{owner.Id + 7_000_000}",
    };

    private static object Contact(PlannedChild child, Owner owner, DateTimeOffset stamp)
    {
        var person = Person.Of(child.Id);
        return new
        {
            active = false,
            address = (string?)null,
            description = (string?)null,
            email = Email(child, owner),
            id = child.Id,
            job_title = (string?)null,
            language = "en",
            mobile = (string?)null,
            name = person.Name,
            phone = child.Tie == Tie.Nothing ? "+49 30 5550100" : null,
            time_zone = "Berlin",
            twitter_id = (string?)null,
            custom_fields = new { },
            facebook_id = (string?)null,
            created_at = ChangingList.Time(child.Stamp.AddDays(-12)),
            updated_at = ChangingList.Time(stamp),
            csat_rating = (int?)null,
            preferred_source = (string?)null,
            company_id = child.Tie == Tie.Parent ? owner.Id : (long?)null,
            unique_external_id = (string?)null,
            first_name = person.FirstName,
            last_name = person.LastName,
            visitor_id = $"37b63cfb-0000-4ad2-a9dc-{child.Id % 1_000_000_000_000:000000000000}",
            org_contact_id = 1_848_295_627_000_000_000 + child.Id,
            other_phone_numbers = Array.Empty<string>(),
        };
    }
}
