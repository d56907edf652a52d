using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>A record that belongs to an account, with the end that it must come to.</summary>
public sealed record SalesforceChildRecord(SalesforceRecord Record, ChildTruth End);

/// <summary>The contacts, opportunities and cases, each in the order of their stamps.</summary>
public sealed record SalesforceChildren(IReadOnlyList<SalesforceChildRecord> Contacts, IReadOnlyList<SalesforceChildRecord> Opportunities, IReadOnlyList<SalesforceChildRecord> Cases)
{
    private const int Lagging = 3;
    private const int DeletedOfHundred = 5;

    public IEnumerable<ChildTruth> Ends => Contacts.Concat(Opportunities).Concat(Cases).Select(child => child.End);

    public static SalesforceChildren Of(AccountWorld world) => new(
        Plan(world, "contact", "003", 200, withEmail: 6, withoutTie: 5, SalesforceChildRow.Contact),
        Plan(world, "opportunity", "006", 150, withEmail: 0, withoutTie: 4, SalesforceChildRow.Opportunity),
        Plan(world, "case", "500", 100, withEmail: 4, withoutTie: 5, SalesforceChildRow.Case));

    /// <param name="withEmail">How many name no account, but an address that nobody knows.</param>
    /// <param name="withoutTie">How many name neither.</param>
    private static SalesforceChildRecord[] Plan(
        AccountWorld world, string type, string prefix, int count, int withEmail, int withoutTie, Func<SalesforceChildFacts, Random, object> row)
    {
        var random = Chance.Of(world.Seed, $"salesforce {type}");
        var accounts = new Share<Account>(Owners(world, count / 2, random), random);
        var stamps = new Stamps(new(2025, 1, 9, 8, 0, 0, TimeSpan.Zero), random);
        var numbers = Chance.Shuffled(Enumerable.Range(0, count), random);
        var children = numbers.Select((number, at) =>
        {
            var isTied = number < count - withEmail - withoutTie;
            var account = isTied ? accounts.Next(number) : null;
            // Committed late: ten seconds before the newest that is served, within the overlap that a careful reader keeps.
            var isLagging = at >= count - Lagging;
            var facts = new SalesforceChildFacts(
                SalesforceId.Make(prefix, random), number, account, !isTied && number < count - withoutTie ? $"stranger{number}@{type}.example" : null,
                isTied && random.Next(100) < DeletedOfHundred, isLagging ? stamps.Newest.AddSeconds(-10) : stamps.Next());
            return new SalesforceChildRecord(facts.Record(row(facts, random), isLagging ? Visibility.Lagging : Visibility.Always), facts.End(type));
        });
        return [.. children.OrderBy(child => child.Record.Stamp).ThenBy(child => child.Record.Id, StringComparer.Ordinal)];
    }

    /// <summary>Some accounts of each kind first, so that each end is seen, and of the pairs that share an account_id both.</summary>
    private static Account[] Owners(AccountWorld world, int count, Random random)
    {
        var some = world.Accounts.GroupBy(account => account.Kind).SelectMany(same => same.Take(4)).ToArray();
        return [.. some, .. Chance.Shuffled(world.Accounts.Except(some), random).Take(Math.Max(0, count - some.Length))];
    }
}
