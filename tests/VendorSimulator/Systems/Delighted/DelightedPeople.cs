using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>A person who was asked. Only the address says whose they are.</summary>
/// <param name="Customer">The customer whose one address it is; null for anybody else.</param>
/// <param name="Email">Null for one who is asked by text message.</param>
public sealed record DelightedPerson(string Id, Customer? Customer, string? Email, string Name)
{
    /// <summary>The address leads to an account where another system has it of a customer; an address that nobody knows waits.</summary>
    public ChildTruth End(string type, string id) => (Customer, Email) switch
    {
        ({ LetsChildrenIn: true } customer, _) => customer.End("delighted", type, id),
        (_, null) => new("delighted", type, id, ChildTruth.DeadLettered, "account_id_missing"),
        _ => new(Source: "delighted", type, id, ChildTruth.Parked),
    };
}

/// <summary>The people: one of each customer, colleagues with addresses of their own, some who have only a telephone. A person never changes; some come late.</summary>
public static class DelightedPeople
{
    private const int Right = 60;
    private const int Colleagues = 50;
    private const int OnlyPhone = 7;
    private const int New = 6;

    public static IReadOnlyList<DelightedPerson> Of(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "delighted people");
        (Customer? Customer, string? Email)[] people =
        [
            .. Customers.Of(world, "delighted", Right).Select(customer => (customer, customer.Email)),
            .. Enumerable.Range(0, Colleagues).Select(index => ((Customer?)null, $"colleague{index}@somewhere.example")),
            .. Enumerable.Range(0, OnlyPhone).Select(_ => ((Customer?)null, (string?)null)),
        ];
        return [.. Chance.Shuffled(people, random).Select((person, index) => new DelightedPerson($"{1_700_000 + index}", person.Customer, person.Email, $"Kim {(char)('A' + (index % 26))}. Muster"))];
    }

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<DelightedPerson> people)
    {
        var random = Chance.Of(world.Seed, "delighted people rows");
        var stamp = new DateTimeOffset(2025, 8, 4, 8, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < people.Count; index++)
        {
            stamp = index > 0 && index % 20 is > 17 or < 3 ? stamp : stamp.AddSeconds(random.Next(300, 90_000));
            yield return new(people[index].Id, stamp, Answer.Row(Json(people[index], stamp)), people[index].End("person", people[index].Id), Late: index >= people.Count - New);
        }
    }

    private static object Json(DelightedPerson person, DateTimeOffset stamp) => new
    {
        id = person.Id,
        email = person.Email,
        name = person.Name,
        created_at = stamp.ToUnixTimeSeconds(),
        phone_number = person.Email is null ? "+4930555" + person.Id : null,
        last_sent_at = stamp.AddDays(2).ToUnixTimeSeconds(),
        last_responded_at = (long?)null,
        next_survey_scheduled_at = (long?)null,
    };
}
