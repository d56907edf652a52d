using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Capsule;

/// <summary>Parties: organisations, whose account_id is in a field that the company has made, and the people who belong to them.</summary>
public static class CapsuleParties
{
    private const long AccountIdDefinition = 812_001;
    private const long TierDefinition = 812_002;

    public static IEnumerable<RowVersion> Rows(IReadOnlyList<Owner> owners, IReadOnlyList<PlannedChild> people)
    {
        var newest = owners.Select(owner => owner.Stamp).Concat(people.Select(person => person.Stamp)).Max();
        return owners.SelectMany(owner => RowVersion.Of(owner.Id, owner.Story, owner.Stamp, newest, (after, stamp) => Answer.Row(Organisation(owner, owner.AccountId(after), stamp))))
            .Concat(people.SelectMany(person => RowVersion.Of(person.Id, person.Story, person.Stamp, newest, (after, stamp) =>
                Answer.Row(Person(person.Id, after ? person.Owner : person.Before, person.Tie, stamp)))));
    }

    public static ChildTruth End(PlannedChild person) => person.End("capsule", "person");

    public static object Organisation(Owner owner, string? accountId, DateTimeOffset stamp) => new
    {
        id = owner.Id,
        owner = (object?)null,
        team = (object?)null,
        type = "organisation",
        about = (string?)null,
        name = owner.Customer.Name,
        createdAt = ChangingList.Time(new DateTimeOffset(owner.Customer.Since, new TimeOnly(7, 30), TimeSpan.Zero)),
        updatedAt = ChangingList.Time(stamp),
        lastContactedAt = (string?)null,
        pictureURL = $"https://pictures.capsule.example/{owner.Id}?size=100",
        enrichment = (object?)null,
        phoneNumbers = Array.Empty<object>(),
        addresses = Array.Empty<object>(),
        emailAddresses = new[] { Email(owner.Id, owner.Customer.Email) },
        websites = new[] { Website(owner.Id, "TWITTER", "nordlicht"), Website(owner.Id + 1, "URL", $"c{owner.Id}.example") },
        fields = accountId is null ? [Field(owner.Id, TierDefinition, "Customer Tier", "Gold")]
            : new[] { Field(owner.Id, TierDefinition, "Customer Tier", "Gold"), Field(owner.Id + 1, AccountIdDefinition, "Account ID", accountId) },
    };

    /// <param name="owner">Whose organisation it belongs to, or whose address it has where the tie is the email.</param>
    public static object Person(long id, Owner owner, Tie tie, DateTimeOffset stamp)
    {
        var person = World.Person.Of(id);
        return new
        {
            id,
            owner = (object?)null,
            team = (object?)null,
            type = "person",
            about = (string?)null,
            firstName = person.FirstName,
            lastName = person.LastName,
            jobTitle = (string?)null,
            createdAt = ChangingList.Time(stamp.AddDays(-40)),
            updatedAt = ChangingList.Time(stamp),
            organisation = tie == Tie.Parent ? new { id = owner.Id, type = "organisation", name = owner.Customer.Name, pictureURL = (string?)null } : null,
            lastContactedAt = (string?)null,
            pictureURL = (string?)null,
            title = (string?)null,
            enrichment = (object?)null,
            phoneNumbers = Array.Empty<object>(),
            addresses = Array.Empty<object>(),
            emailAddresses = tie switch
            {
                Tie.Nothing => [],
                Tie.Email => new[] { Email(id, owner.Customer.Email) },
                _ => [Email(id, $"person{id}@c{owner.Id}.example"), Email(id + 1, $"p{id}@home.example")],
            },
            websites = Array.Empty<object>(),
            fields = Array.Empty<object>(),
        };
    }

    private static object Email(long id, string address) => new { id = id + 300_000_000, type = (string?)null, address };

    private static object Website(long id, string service, string address) => new { id = id + 400_000_000, type = (string?)null, address, service, url = $"https://{address}" };

    private static object Field(long id, long definition, string name, string value) => new { id = id + 500_000_000, value, definition = new { id = definition, name }, tagId = (long?)null };
}
