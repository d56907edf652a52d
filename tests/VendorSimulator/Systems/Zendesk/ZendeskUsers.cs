using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>A row and where it must end.</summary>
public sealed record ZendeskChild(ZendeskRow Row, ChildTruth End);

/// <summary>Users: the people of the organizations, and a dozen agents who belong to none.</summary>
public static class ZendeskUsers
{
    private const int Agents = 12;

    private static readonly string[] FirstNames = ["Ada", "Björn", "Chloé", "Dmitri", "Elif", "Fatima", "Gustaf", "Hana", "Ines", "Jörg", "Kenji", "Łucja"];
    private static readonly string[] LastNames = ["Albrecht", "Bakker", "Çelik", "Dubois", "Eriksen", "Fischer", "Gruber", "Hansen", "Iversen", "Jansen", "Koch", "Lindqvist"];

    public static IReadOnlyList<ZendeskChild> Of(AccountWorld world, IReadOnlyList<ZendeskOrganization> organizations, int count)
    {
        var random = Chance.Of(world.Seed, "zendesk users");
        var share = new Share<ZendeskOrganization>(organizations, random);
        var id = 31_900_000_000_000;
        var updated = new DateTimeOffset(2025, 3, 1, 7, 0, 0, TimeSpan.Zero);
        var users = new List<ZendeskChild>();
        for (var index = 0; index < count; index++)
        {
            var organization = index < count - Agents ? share.Next(index) : null;
            id += random.Next(1000, 900_000);
            if (index % 50 is < 47 and > 2) updated = updated.AddSeconds(random.Next(30, 30_000));
            users.Add(new(Row(id, organization, updated, random), ZendeskOrganizations.End(organization, "user", id)));
        }

        return users;
    }

    private static ZendeskRow Row(long id, ZendeskOrganization? organization, DateTimeOffset updated, Random random)
    {
        var first = FirstNames[random.Next(FirstNames.Length)];
        var last = LastNames[random.Next(LastNames.Length)];
        return new(updated.ToUnixTimeSeconds(), id, Answer.Row(new
        {
            id,
            url = $"https://nordlicht.zendesk.example/api/v2/users/{id}.json",
            name = $"{first} {last}",
            email = $"user{id}@{(organization is null ? "nordlicht" : $"o{organization.Id}")}.example",
            created_at = ZendeskRow.Time(updated.AddDays(-30)),
            updated_at = ZendeskRow.Time(updated),
            time_zone = "Berlin",
            iana_time_zone = "Europe/Berlin",
            phone = (string?)null,
            shared_phone_number = (bool?)null,
            photo = (object?)null,
            locale_id = 1,
            locale = "en-US",
            organization_id = organization?.Id,
            role = organization is null ? "agent" : "end-user",
            verified = true,
            external_id = (string?)null,
            tags = Array.Empty<string>(),
            alias = (string?)null,
            active = true,
            shared = false,
            shared_agent = false,
            last_login_at = (string?)null,
            signature = (string?)null,
            details = (string?)null,
            notes = (string?)null,
            suspended = false,
            user_fields = new { },
        }));
    }
}
