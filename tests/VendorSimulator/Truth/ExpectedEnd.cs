using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Truth;

/// <summary>The end state that the data must lead to, whatever the order and however often things are sent.</summary>
public sealed class ExpectedEnd(AccountWorld world, IEnumerable<IKnowsItsChildren> parts)
{
    public sealed record AccountSum(
        int SalesforceRecords,
        IReadOnlyDictionary<string, int> ByState,
        IReadOnlyDictionary<string, int> RefusedByReason,
        IReadOnlyDictionary<string, int> WaitingFor,
        IReadOnlyDictionary<string, int> DeadLettered,
        IReadOnlyDictionary<string, AccountLine> ById);

    /// <param name="NativeId">The Salesforce record that the account rests on.</param>
    /// <param name="ContestedBy">The other records with the same account_id.</param>
    public sealed record AccountLine(string State, string? Reason, string NativeId, IReadOnlyList<string> ContestedBy);

    public sealed record ChildSum(int Objects, int Accepted, int Parked, IReadOnlyDictionary<string, int> DeadLettered, int Deleted);

    public sealed record End(int Seed, AccountSum Accounts, IReadOnlyDictionary<string, IReadOnlyDictionary<string, ChildSum>> Sources, ChildSum Totals);

    public IEnumerable<ChildTruth> Children => parts.SelectMany(part => part.Children);

    public End Describe() => new(
        world.Seed,
        Accounts(),
        Children.GroupBy(child => child.Source).ToDictionary(source => source.Key, IReadOnlyDictionary<string, ChildSum> (source) =>
            source.GroupBy(child => child.ObjectType).ToDictionary(type => type.Key, Sum)),
        Sum(Children));

    private AccountSum Accounts()
    {
        var byId = world.Accounts.Where(account => account.AccountId is not null).GroupBy(account => account.AccountId!).ToDictionary(same => same.Key, Line);
        return new AccountSum(
            world.Accounts.Count,
            Count(byId.Values.Select(line => line.State)),
            Count(byId.Values.Where(line => line.State == "refused").Select(line => line.Reason!)),
            Count(byId.Values.Where(line => line.State == "waiting").Select(line => line.Reason!)),
            Count(world.Accounts.Select(account => account.End).Where(end => end.State == "dead_lettered").Select(end => end.Reason!)),
            byId);
    }

    /// <summary>Of records that share an account_id, the one with the earliest join date stays; of the same date, the lower native id.</summary>
    private static AccountLine Line(IEnumerable<Account> same)
    {
        var records = same.OrderBy(account => account.CustomerSince).ThenBy(account => account.SalesforceId, StringComparer.Ordinal).ToArray();
        return new AccountLine(records[0].End.State, records[0].End.Reason, records[0].SalesforceId, [.. records.Skip(1).Select(record => record.SalesforceId)]);
    }

    private static ChildSum Sum(IEnumerable<ChildTruth> children)
    {
        var all = children.ToArray();
        return new ChildSum(
            all.Length,
            all.Count(child => child.Place == ChildTruth.Accepted),
            all.Count(child => child.Place == ChildTruth.Parked),
            Count(all.Where(child => child.Place == ChildTruth.DeadLettered).Select(child => child.Reason!)),
            all.Count(child => child.Deleted));
    }

    private static Dictionary<string, int> Count(IEnumerable<string> names) =>
        names.GroupBy(name => name).OrderBy(name => name.Key, StringComparer.Ordinal).ToDictionary(name => name.Key, name => name.Count());
}
