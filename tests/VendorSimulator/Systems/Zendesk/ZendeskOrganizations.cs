using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>An organization with its external_id and what becomes of its children.</summary>
public sealed record ZendeskOrganization(long Id, string Name, string? ExternalId, bool LetsChildrenIn, DateTimeOffset Updated);

/// <summary>The organizations: most name an account exactly, some nearly, some none.</summary>
public static class ZendeskOrganizations
{
    private static readonly (AccountKind Kind, int Organizations)[] Exact =
    [
        (AccountKind.Good, 178), (AccountKind.LinkedFromSalesforce, 12), (AccountKind.Late, 16), (AccountKind.WholeNumber, 2), (AccountKind.Prospect, 8),
        (AccountKind.Canceled, 6), (AccountKind.WithoutZuora, 6), (AccountKind.ShortCrmId, 2), (AccountKind.Nameless, 3), (AccountKind.Undated, 3),
    ];

    private const int WrongCase = 10;
    private const int TrailingBlank = 6;
    private const int NeverExist = 8;
    private const int WithoutExternalId = 15;

    /// <summary>In the order of their stamps.</summary>
    public static IReadOnlyList<ZendeskOrganization> Of(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "zendesk organizations");
        var id = 31_500_000_000_000;
        var updated = new DateTimeOffset(2025, 2, 3, 9, 0, 0, TimeSpan.Zero);
        return [.. Chance.Shuffled(Named(world, random), random).Select((named, index) =>
        {
            id += random.Next(1000, 9_000_000);
            if (index % 200 is < 196 and > 3) updated = updated.AddSeconds(random.Next(60, 150_000));
            return new ZendeskOrganization(id, named.Name, named.ExternalId, named.LetsChildrenIn, updated);
        })];
    }

    private static IEnumerable<(string Name, string? ExternalId, bool LetsChildrenIn)> Named(AccountWorld world, Random random)
    {
        foreach (var (kind, organizations) in Exact)
            foreach (var account in world.Of(kind).Take(organizations))
                yield return (NameOf(account), account.AccountId, account.End.LetsChildrenIn);
        foreach (var pair in world.Of(AccountKind.Contested).GroupBy(account => account.AccountId))
            yield return (NameOf(pair.First()), pair.Key, true);
        foreach (var account in world.Of(AccountKind.Fraction).Take(3))
            yield return (NameOf(account), account.StatedId.GetRawText(), false);

        var others = world.Of(AccountKind.Good).Skip(Exact[0].Organizations).ToArray();
        foreach (var account in others.Take(WrongCase)) yield return (NameOf(account), account.AccountId!.ToLowerInvariant(), false);
        foreach (var account in others.Skip(WrongCase).Take(TrailingBlank)) yield return (NameOf(account), account.AccountId + " ", false);
        for (var index = 0; index < NeverExist; index++) yield return (CompanyName.Full("Atlantis", random), $"Atlantis-{9001 + index}", false);
        for (var index = 0; index < WithoutExternalId; index++) yield return (CompanyName.Full("Namenlos", random), null, false);
    }

    private static string NameOf(Account account) => string.IsNullOrEmpty(account.Name) ? "Kunde ohne Namen" : account.Name;

    public static ZendeskRow Row(ZendeskOrganization organization) => new(organization.Updated.ToUnixTimeSeconds(), organization.Id, Answer.Row(new
    {
        url = $"https://nordlicht.zendesk.example/api/v2/organizations/{organization.Id}.json",
        id = organization.Id,
        name = organization.Name,
        shared_tickets = false,
        shared_comments = false,
        external_id = organization.ExternalId,
        created_at = ZendeskRow.Time(organization.Updated.AddDays(-90)),
        updated_at = ZendeskRow.Time(organization.Updated),
        domain_names = Array.Empty<string>(),
        details = (string?)null,
        notes = (string?)null,
        group_id = (long?)null,
        tags = Array.Empty<string>(),
        organization_fields = new { },
    }));

    /// <summary>The end of a child of this organization; without one, the child says nothing about its account.</summary>
    public static ChildTruth End(ZendeskOrganization? organization, string type, long id, bool deleted = false) => organization switch
    {
        null => new("zendesk", type, $"{id}", ChildTruth.DeadLettered, "account_id_missing", Deleted: deleted),
        { LetsChildrenIn: true } => new("zendesk", type, $"{id}", ChildTruth.Accepted, AccountId: organization.ExternalId, Deleted: deleted),
        _ => new("zendesk", type, $"{id}", ChildTruth.Parked, AccountId: organization.ExternalId, Deleted: deleted),
    };
}
