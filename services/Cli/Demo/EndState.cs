using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Demo;

/// <summary>Where everything is, by distinct objects and accounts: the part of a run that time, order and repeats do not change. Pure.</summary>
/// <param name="Objects">By source and type, in the order of their names.</param>
/// <param name="Accounts">By state.</param>
/// <param name="AccountRecords">Records of accounts that were dead-lettered, by reason.</param>
public sealed record EndState(IReadOnlyList<ObjectLine> Objects, IReadOnlyDictionary<string, long> Accounts, IReadOnlyDictionary<string, long> AccountRecords)
{
    /// <summary>Of a body that cannot be read neither source nor type is known, and each party has its own word for that.</summary>
    private const string Unknown = "(unknown)";

    /// <summary>What is found; null while a service has not yet said its part.</summary>
    public static EndState? Of(StatusReport? status)
    {
        if (status is not { Gatekeeper: { } gatekeeper, SystemOfRecord: { } accounts }) return null;
        // The office keeps the letters of both; those that the gatekeeper does not count are about accounts.
        var ofObjects = gatekeeper.Objects.SelectMany(line => line.DeadLettered).GroupBy(count => count.Key).ToDictionary(reason => reason.Key, reason => reason.Sum(count => count.Value));
        var ofAccounts = status.DeadLetters.Select(letters => KeyValuePair.Create(letters.Key, letters.Value - ofObjects.GetValueOrDefault(letters.Key))).Where(count => count.Value > 0);
        return new EndState(Merged(gatekeeper.Objects), Sorted(accounts.States), Sorted(ofAccounts));
    }

    /// <summary>What is to be found.</summary>
    public static EndState Of(Truth truth) => new(
        Merged(truth.Sources.SelectMany(source => source.Value.Select(type => new ObjectLine(source.Key, type.Key, type.Value.Accepted, type.Value.Parked, type.Value.DeadLettered)))),
        Sorted(truth.Accounts.ByState),
        Sorted(truth.Accounts.DeadLettered));

    /// <summary>Each figure that is not zero, by its name.</summary>
    public IReadOnlyDictionary<string, long> Figures()
    {
        var figures = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in Objects)
        {
            Add($"{line.Source} {line.ObjectType} accepted", line.Accepted);
            Add($"{line.Source} {line.ObjectType} parked", line.Parked);
            foreach (var (reason, count) in line.DeadLettered) Add($"{line.Source} {line.ObjectType} dead-lettered {reason}", count);
        }

        foreach (var (state, count) in Accounts) Add($"accounts {state}", count);
        foreach (var (reason, count) in AccountRecords) Add($"account records dead-lettered {reason}", count);
        return figures;

        void Add(string name, long count)
        {
            if (count != 0) figures[name] = count;
        }
    }

    /// <summary>Each figure in which the two differ, in the order of their names.</summary>
    public static IReadOnlyList<Difference> Differences(EndState expected, EndState found)
    {
        var (wanted, had) = (expected.Figures(), found.Figures());
        return [.. wanted.Keys.Union(had.Keys).Order(StringComparer.Ordinal)
            .Select(name => new Difference(name, wanted.GetValueOrDefault(name), had.GetValueOrDefault(name))).Where(figure => figure.Expected != figure.Found)];
    }

    private static IReadOnlyList<ObjectLine> Merged(IEnumerable<ObjectLine> lines) =>
        [.. lines.GroupBy(line => (Source: Named(line.Source), Type: Named(line.ObjectType))).OrderBy(line => line.Key.Source, StringComparer.Ordinal).ThenBy(line => line.Key.Type, StringComparer.Ordinal)
            .Select(same => new ObjectLine(
                same.Key.Source, same.Key.Type, same.Sum(line => line.Accepted), same.Sum(line => line.Parked),
                Sorted(same.SelectMany(line => line.DeadLettered).GroupBy(count => count.Key).Select(reason => KeyValuePair.Create(reason.Key, reason.Sum(count => count.Value))))))];

    private static string Named(string name) => name is "unknown" or "(unreadable)" ? Unknown : name;

    private static SortedDictionary<string, long> Sorted(IEnumerable<KeyValuePair<string, long>> counts) => new(new Dictionary<string, long>(counts), StringComparer.Ordinal);
}

/// <summary>A figure that is not what it must be.</summary>
public sealed record Difference(string Name, long Expected, long Found)
{
    public override string ToString() => $"{Name}: expected {Expected}, found {Found}";
}
