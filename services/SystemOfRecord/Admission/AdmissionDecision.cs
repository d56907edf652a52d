using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.SystemOfRecord.Rules;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>A case decided, and what every rule saw of it.</summary>
/// <param name="Conditions">The mandatory fields and the filter; empty where there is no record.</param>
/// <param name="Paths">Each path, also those behind one that failed.</param>
public sealed record Decided(Verdict Verdict, IReadOnlyList<Finding> Conditions, IReadOnlyList<PathFinding> Paths);

/// <summary>
/// Decides a case by the rules: mandatory fields, then filters on the record, then the paths to other systems. Pure, and
/// independent of the order in which the facts came.
/// </summary>
public static class AdmissionDecision
{
    public static Decided Decide(AccountCase accountCase, RuleSet rules)
    {
        if (accountCase.Records.Count == 0) return new(Refused(Reason.RecordDeleted, "No record carries this account_id now."), [], []);

        var records = accountCase.Records.OrderBy(record => record, EldestFirst).ToList();
        var first = records[0];
        var mandatory = Mandatory(first).ToList();
        var filters = rules.Filters.Select(filter => filter.Judge(first.Fields)).ToList();
        var paths = rules.Paths.Select(path => Follow(path, accountCase.Evidence.Where(record => record.System == path.System && record.LinkedTo == first.NativeId))).ToList();

        var reasons = mandatory.Select(entry => entry.Refusal).OfType<Refusal>()
            .Concat(filters.Where(filter => !filter.Passes).Select(filter => new Refusal(Reason.FilterFailed, $"{Failures.Of(filter)}."))).ToList();
        var verdict = reasons.Count > 0 ? new Verdict.Refuse(reasons)
            : paths.Find(path => !path.Passes) is { } blocked ? Blocked(blocked)
            : (Verdict)new Verdict.Admit(first, [.. records.Skip(1).Select(record => record.NativeId)]);
        return new(verdict, [.. mandatory.Select(entry => entry.Finding), .. filters], paths);
    }

    /// <summary>
    /// Of two records with one account_id the elder customer stays, whichever was seen first; ties by native id. So the
    /// answer does not depend on the order of messages.
    /// </summary>
    private static Comparer<SorRecord> EldestFirst { get; } = Comparer<SorRecord>.Create((a, b) =>
        (a.JoinDate ?? DateTimeOffset.MaxValue).CompareTo(b.JoinDate ?? DateTimeOffset.MaxValue) is var byDate and not 0 ? byDate : string.CompareOrdinal(a.NativeId, b.NativeId));

    private static IEnumerable<(Finding Finding, Refusal? Refusal)> Mandatory(SorRecord record)
    {
        yield return (new("name must have a value", record.Name is not null, record.Name, []), record.Name is null ? new(Reason.NameMissing, $"Record {record.NativeId} has no name.") : null);
        yield return (new("join_date must have a value", record.JoinDate is not null, record.JoinDate?.ToString("yyyy-MM-dd"), []),
            record.JoinDate is null ? new(Reason.JoinDateMissing, $"Record {record.NativeId} has no join date.") : null);
    }

    private static PathFinding Follow(PathRule path, IEnumerable<EvidenceRecord> evidence)
    {
        var linked = evidence.Select(record => path.Where?.Judge(record.Fields) is { } found ? new LinkedFinding(record.NativeId, found.Passes, found) : new(record.NativeId, true, null)).ToList();
        return new(path.System, linked.Exists(record => record.Passes), linked);
    }

    private static Verdict Blocked(PathFinding path) => path.Records is [var record, ..]
        ? Refused(Reason.PathFilterFailed, $"{path.System} {record.NativeId}: {Failures.Of(record.Found!)}.")
        : new Verdict.Wait(path.System);

    private static Verdict.Refuse Refused(Reason reason, string detail) => new([new Refusal(reason, detail)]);
}
