using Pipeline.Contracts;
using Pipeline.SystemOfRecord.Rules;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>
/// Decides a case by the rules: mandatory fields, then filters on the record, then the paths to other systems. Pure, and
/// independent of the order in which the facts came.
/// </summary>
public static class AdmissionDecision
{
    public static Verdict Decide(AccountCase accountCase, AdmissionRules rules)
    {
        if (accountCase.Records.Count == 0) return Refused(new Refusal(Reason.RecordDeleted, "No record carries this account_id now."));

        var records = accountCase.Records.OrderBy(record => record, EldestFirst).ToList();
        var first = records[0];
        var reasons = Mandatory(first).Concat(Filters(first, rules)).ToList();
        if (reasons.Count > 0) return new Verdict.Refuse(reasons);

        foreach (var path in rules.Paths)
        {
            var evidence = accountCase.Evidence.Where(record => record.System == path.System && record.LinkedTo == first.NativeId).ToList();
            if (evidence.Count == 0) return new Verdict.Wait(path.System);
            if (evidence.Select(record => Failure(path, record)).ToList() is var failures && failures.All(failure => failure is not null))
                return Refused(new Refusal(Reason.PathFilterFailed, failures[0]!));
        }

        return new Verdict.Admit(first, [.. records.Skip(1).Select(record => record.NativeId)]);
    }

    /// <summary>
    /// Of two records with one account_id the elder customer stays, whichever was seen first; ties by native id. So the
    /// answer does not depend on the order of messages.
    /// </summary>
    private static Comparer<SorRecord> EldestFirst { get; } = Comparer<SorRecord>.Create((a, b) =>
        (a.JoinDate ?? DateTimeOffset.MaxValue).CompareTo(b.JoinDate ?? DateTimeOffset.MaxValue) is var byDate and not 0 ? byDate : string.CompareOrdinal(a.NativeId, b.NativeId));

    private static IEnumerable<Refusal> Mandatory(SorRecord record)
    {
        if (record.Name is null) yield return new Refusal(Reason.NameMissing, $"Record {record.NativeId} has no name.");
        if (record.JoinDate is null) yield return new Refusal(Reason.JoinDateMissing, $"Record {record.NativeId} has no join date.");
    }

    private static IEnumerable<Refusal> Filters(SorRecord record, AdmissionRules rules) =>
        rules.Filters.Select(filter => filter.Fails(record.Fields)).OfType<string>().Select(failure => new Refusal(Reason.FilterFailed, $"{failure}."));

    private static string? Failure(PathRule path, EvidenceRecord evidence) =>
        path.Where.Select(condition => condition.Fails(evidence.Fields)).OfType<string>().FirstOrDefault() is { } failure
            ? $"{path.System} {evidence.NativeId}: {failure}."
            : null;

    private static Verdict.Refuse Refused(Refusal reason) => new([reason]);
}
