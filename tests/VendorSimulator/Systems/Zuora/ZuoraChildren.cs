using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>
/// The subscriptions and invoices of Zuora's accounts, each with its account inside, for who asks for it. Each account that is
/// linked in an unusual way, or not at all, has some of both; the others have what is left.
/// </summary>
public sealed class ZuoraChildren
{
    private const int Owners = 150;
    private const int LateChanges = 5;

    private readonly Dictionary<string, Account> _accounts;
    private readonly StampedRow[] _owners;
    private readonly int _seed;

    public ZuoraChildren(AccountWorld world)
    {
        _seed = world.Seed;
        _accounts = world.Accounts.Where(account => account.ZuoraId is not null).ToDictionary(account => account.ZuoraId!);
        _owners = [.. Chance.Shuffled(ZuoraData.Of(world), Chance.Of(_seed, "zuora owners")).OrderBy(row => KindOf(row) == AccountKind.Good).Take(Owners)];
    }

    public IReadOnlyList<StampedRow> Subscriptions => Rows("subscription", 200, ("Active", "Cancelled"), ZuoraShapes.Subscription);

    public IReadOnlyList<StampedRow> Invoices => Rows("invoice", 150, ("Draft", "Posted"), ZuoraShapes.Invoice);

    /// <summary>In the order of their stamps. The last ones change late, and one comes late, in the very second of the newest early one.</summary>
    private List<StampedRow> Rows(string kind, int count, (string Before, string After) status, Func<string, int, string, StampedRow, DateTimeOffset, Random, object> shape)
    {
        var random = Chance.Of(_seed, $"zuora {kind}s");
        var share = new Share<StampedRow>(_owners, random);
        var rows = new List<StampedRow>();
        var stamp = new DateTimeOffset(2025, 2, 3, 9, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < count - 1; index++)
        {
            stamp = ZuoraData.Next(stamp, index, random);
            rows.Add(Row(Chance.Hex(random, 32, "8a13"), index + 1, index % 3 == 0 ? status.After : status.Before, share.Next(index), stamp));
        }

        var changing = Enumerable.Range(count - 1 - LateChanges, LateChanges).ToArray();
        rows.Add(Row(Chance.Hex(random, 32, "8a13"), count, status.Before, share.Next(count - 1), stamp) with { Late = true });
        foreach (var index in changing) rows.Add(Row(rows[index].Id, index + 1, status.After, OwnerOf(rows[index]), stamp = stamp.AddSeconds(40)) with { Late = true });
        return rows;

        StampedRow Row(string id, int number, string state, StampedRow owner, DateTimeOffset updated) =>
            new(id, updated, Answer.Row(shape(id, number, state, owner, updated, random)), End(kind, id, owner));
    }

    private StampedRow OwnerOf(StampedRow child)
    {
        var id = child.Json.GetProperty("accountId").GetString();
        return _owners.First(owner => owner.Id == id);
    }

    private AccountKind? KindOf(StampedRow account) => _accounts.TryGetValue(account.Id, out var known) ? known.Kind : null;

    /// <summary>
    /// An account's crmId leads to the CRM's record, which carries the account_id; the short form leads nowhere. Where there is no
    /// crmId, only the admitted account's own link leads from here to it.
    /// </summary>
    private ChildTruth End(string kind, string id, StampedRow owner) => _accounts.GetValueOrDefault(owner.Id) switch
    {
        null or { Kind: AccountKind.ShortCrmId } => new("zuora", kind, id, ChildTruth.Parked),
        { AccountId: { } accountId, End.LetsChildrenIn: true } => new("zuora", kind, id, ChildTruth.Accepted, AccountId: accountId),
        var account => new("zuora", kind, id, ChildTruth.Parked, AccountId: account.AccountId),
    };

    /// <summary>The row as it is answered where its account was not asked for.</summary>
    public static JsonElement Unexpanded(JsonElement row)
    {
        var json = JsonObject.Create(row)!;
        json.Remove("account");
        return Answer.Row(json);
    }
}
