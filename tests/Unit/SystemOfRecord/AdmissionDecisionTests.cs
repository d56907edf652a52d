using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Rules;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.Unit.Tests.SystemOfRecord;

public sealed class AdmissionDecisionTests
{
    private static readonly DateTimeOffset Joined = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RuleSet Rules = RulesFile.Read("""
        system_of_record: crm
        filter: { field: Type, equals: Customer }
        paths: [{ system: billing, where: { field: status, equals: Active } }]
        """).Rules!;

    [Fact]
    public void An_account_that_passes_everything_is_admitted() =>
        Assert.Equal("1", Assert.IsType<Verdict.Admit>(Decide([Record("1")], [Evidence("1", "Active")])).Record.NativeId);

    [Fact]
    public void An_account_without_evidence_waits_for_the_system_by_name() =>
        Assert.Equal("billing", Assert.IsType<Verdict.Wait>(Decide([Record("1")], [])).For);

    [Fact]
    public void Evidence_that_fails_refuses_and_says_what_it_saw()
    {
        var refusal = Assert.Single(Assert.IsType<Verdict.Refuse>(Decide([Record("1")], [Evidence("1", "Canceled")])).Reasons);
        Assert.Equal(Reason.PathFilterFailed, refusal.Reason);
        Assert.Contains("Canceled", refusal.Detail);
    }

    [Fact]
    public void One_linked_record_that_passes_is_enough() =>
        Assert.IsType<Verdict.Admit>(Decide([Record("1")], [Evidence("1", "Canceled"), Evidence("1", "Active")]));

    [Fact]
    public void Evidence_for_another_record_says_nothing() => Assert.IsType<Verdict.Wait>(Decide([Record("1")], [Evidence("2", "Active")]));

    [Fact]
    public void Every_mandatory_field_and_filter_that_fails_is_listed() =>
        Assert.Equal(
            [Reason.NameMissing, Reason.JoinDateMissing, Reason.FilterFailed],
            Assert.IsType<Verdict.Refuse>(Decide([Record("1", "Prospect") with { Name = null, JoinDate = null }], [])).Reasons.Select(refusal => refusal.Reason));

    [Fact]
    public void Of_two_records_with_one_account_id_the_elder_stays_in_either_order()
    {
        var (elder, younger) = (Record("2"), Record("1") with { JoinDate = Joined.AddDays(1) });
        foreach (var records in new SorRecord[][] { [elder, younger], [younger, elder] })
        {
            var admit = Assert.IsType<Verdict.Admit>(Decide(records, [Evidence("2", "Active")]));
            Assert.Equal("2", admit.Record.NativeId);
            Assert.Equal(["1"], admit.Contenders);
        }
    }

    [Fact]
    public void An_account_without_a_record_is_out() =>
        Assert.Equal(Reason.RecordDeleted, Assert.Single(Assert.IsType<Verdict.Refuse>(Decide([], [])).Reasons).Reason);

    [Fact]
    public void Each_condition_tells_the_value_that_it_saw()
    {
        var decided = AdmissionDecision.Decide(new AccountCase("A", 1, 1, [Record("1", "Prospect")], [Evidence("1", "Canceled")]), Rules);
        Assert.Equal(
            [("name must have a value", true, "Acme"), ("join_date must have a value", true, "2025-01-01"), ("Type must be Customer", false, "Prospect")],
            decided.Conditions.Select(finding => (finding.Asked, finding.Passes, finding.Seen)));
        var linked = Assert.Single(Assert.Single(decided.Paths).Records);
        Assert.Equal(("b1", false, "status must be Active", "Canceled"), (linked.NativeId, linked.Passes, linked.Found!.Asked, linked.Found.Seen));
    }

    [Fact]
    public void A_filter_that_fails_says_what_was_asked_and_what_was_seen() =>
        Assert.Equal("Type must be Customer and is Prospect.", Assert.Single(Assert.IsType<Verdict.Refuse>(Decide([Record("1", "Prospect")], [])).Reasons).Detail);

    private static Verdict Decide(SorRecord[] records, EvidenceRecord[] evidence) => AdmissionDecision.Decide(new AccountCase("A", 1, 1, records, evidence), Rules).Verdict;

    private static SorRecord Record(string nativeId, string type = "Customer") =>
        new(nativeId, "Acme", Joined, new() { ["Type"] = JsonSerializer.SerializeToElement(type) }, []);

    private static EvidenceRecord Evidence(string linkedTo, string status) => new("billing", "b1", linkedTo, new() { ["status"] = JsonSerializer.SerializeToElement(status) });
}
