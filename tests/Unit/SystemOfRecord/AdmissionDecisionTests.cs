using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Rules;

namespace Pipeline.Unit.Tests.SystemOfRecord;

public sealed class AdmissionDecisionTests
{
    private static readonly DateTimeOffset Joined = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly AdmissionRules Rules = new()
    {
        SystemOfRecord = "crm",
        Filters = [new Condition { Field = "Type", Equals = "Customer" }],
        Paths = [new PathRule { System = "billing", Where = [new Condition { Field = "status", Equals = "Active" }] }],
    };

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

    [Theory]
    [InlineData("\"Customer\"", true)]
    [InlineData("\"customer\"", false)]
    [InlineData("null", false)]
    [InlineData("7", false)]
    public void A_filter_compares_exactly(string value, bool passes) =>
        Assert.Equal(passes, new Condition { Field = "f", Equals = "Customer" }.Fails(Fields(value)) is null);

    [Fact]
    public void Conditions_know_not_in_and_exists()
    {
        Assert.Null(new Condition { Field = "f", Not = "x" }.Fails(Fields("\"y\"")));
        Assert.NotNull(new Condition { Field = "f", Not = "y" }.Fails(Fields("\"y\"")));
        Assert.Null(new Condition { Field = "f", In = ["1", "7"] }.Fails(Fields("7")));
        Assert.NotNull(new Condition { Field = "f", In = ["1"] }.Fails(Fields("null")));
        Assert.Null(new Condition { Field = "f", Exists = false }.Fails(Fields("null")));
        Assert.NotNull(new Condition { Field = "f", Exists = true }.Fails(Fields("null")));
    }

    private static Dictionary<string, JsonElement> Fields(string value) => new() { ["f"] = JsonDocument.Parse(value).RootElement };

    private static Verdict Decide(SorRecord[] records, EvidenceRecord[] evidence) => AdmissionDecision.Decide(new AccountCase("A", 1, records, evidence), Rules);

    private static SorRecord Record(string nativeId, string type = "Customer") =>
        new(nativeId, "Acme", Joined, new() { ["Type"] = JsonSerializer.SerializeToElement(type) }, []);

    private static EvidenceRecord Evidence(string linkedTo, string status) => new("billing", "b1", linkedTo, new() { ["status"] = JsonSerializer.SerializeToElement(status) });
}
