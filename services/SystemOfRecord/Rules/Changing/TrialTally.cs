using Pipeline.Contracts.Operations;
using Pipeline.SystemOfRecord.Admission;

namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>Where an account is now.</summary>
/// <param name="Why">Why it is out, where it is.</param>
internal sealed record TriedStanding(bool IsIn, string? Why);

/// <summary>Counts what tried rules would change, account by account. Pure.</summary>
internal sealed class TrialTally(RuleSet? rules)
{
    /// <summary>More than this nobody reads; the counts go on.</summary>
    private const int MostListed = 10_000;

    private readonly List<TriedAccount> _comesIn = [];
    private readonly List<TriedAccount> _goes = [];
    private readonly HashSet<string> _unseen = new(rules is null ? [] : Asked(rules), StringComparer.Ordinal);
    private long _accounts, _inBefore, _inAfter, _waitingAfter, _comingIn, _going;

    public void Take(AccountCase found, TriedStanding? now)
    {
        var verdict = AdmissionDecision.Decide(found, rules!).Verdict;
        _accounts++;
        if (now is { IsIn: true }) _inBefore++;
        if (verdict is Verdict.Admit) _inAfter++;
        if (verdict is Verdict.Wait) _waitingAfter++;
        if (verdict is Verdict.Admit admit && now is not { IsIn: true }) List(_comesIn, ref _comingIn, new(found.AccountId, admit.Record.Name, now?.Why ?? "It has not been decided yet.", admit.Record.Links, 0));
        if (verdict is not Verdict.Admit && now is { IsIn: true }) List(_goes, ref _going, new(found.AccountId, found.Records is [var record, ..] ? record.Name : null, Why(verdict), [], 0));
        See(found);
    }

    public RulesTrialReport Report(int version, IReadOnlyList<string> mistakes) => new(
        mistakes, version, _accounts, _inBefore, _inAfter, _waitingAfter, _comingIn, _going, Sorted(_comesIn), Sorted(_goes), 0, 0,
        _accounts == 0 ? [] : [.. _unseen.Order(StringComparer.Ordinal)]);

    private static void List(List<TriedAccount> list, ref long count, TriedAccount account)
    {
        count++;
        if (list.Count < MostListed) list.Add(account);
    }

    private static IReadOnlyList<TriedAccount> Sorted(List<TriedAccount> list) => [.. list.OrderBy(account => account.AccountId, StringComparer.Ordinal)];

    private static string Why(Verdict verdict) => verdict switch
    {
        Verdict.Wait wait => $"{wait.For} has no record that is linked with it.",
        Verdict.Refuse refuse => string.Join(" ", refuse.Reasons.Select(reason => reason.Detail)),
        _ => "",
    };

    /// <summary>A warning for all that the rules ask for, until a record is seen that has it: a slip in a name would keep everyone out.</summary>
    private static IEnumerable<string> Asked(RuleSet rules) =>
        [
            .. (rules.Filter?.Fields ?? []).Select(field => Unseen(rules.SystemOfRecord, field)),
            .. rules.Paths.SelectMany(path => (path.Where?.Fields ?? []).Select(field => Unseen(path.System, field))),
            .. rules.Paths.Select(path => Unlinked(path.System)),
        ];

    private void See(AccountCase found)
    {
        if (_unseen.Count == 0) return;
        foreach (var field in rules!.Filter?.Fields ?? [])
            if (found.Records.Any(record => FieldValues.Of(record.Fields, field).Count > 0)) _unseen.Remove(Unseen(rules.SystemOfRecord, field));
        foreach (var path in rules.Paths)
        {
            var linked = found.Evidence.Where(record => record.System == path.System).ToList();
            if (linked.Count > 0) _unseen.Remove(Unlinked(path.System));
            foreach (var field in path.Where?.Fields ?? [])
                if (linked.Exists(record => FieldValues.Of(record.Fields, field).Count > 0)) _unseen.Remove(Unseen(path.System, field));
        }
    }

    private static string Unseen(string system, string field) => $"No record of {system} that was looked at has a value in {field}. Is the name right?";

    private static string Unlinked(string system) => $"No account is linked with a record of {system}. Is the name right?";
}
