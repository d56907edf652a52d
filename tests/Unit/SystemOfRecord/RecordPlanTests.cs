using System.Text;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Hosting.Ledger;
using Pipeline.SystemOfRecord.Records;

namespace Pipeline.Unit.Tests.SystemOfRecord;

public sealed class RecordPlanTests
{
    private static readonly KnownRecords Nothing = new(new Dictionary<Guid, KnownRecord>(), new HashSet<Guid>());

    [Fact]
    public void A_record_of_the_system_of_record_concerns_the_account_that_it_carries()
    {
        var plan = Plan(Nothing, Record(1, "\"A\""));
        Assert.Equal(["A"], plan.Accounts.Keys);
        Assert.Equal(1, Assert.Single(plan.Ledger).Accepted);
    }

    [Fact]
    public void A_record_of_another_system_concerns_none_by_itself()
    {
        var plan = Plan(Nothing, Record(1, "\"A\"", source: "desk"));
        Assert.Empty(plan.Accounts);
        Assert.Single(plan.News);
    }

    [Fact]
    public void A_record_that_changes_its_account_id_concerns_both_accounts()
    {
        var before = Record(1, "\"A\"");
        Assert.Equal(["A", "B"], Plan(Known(before), Record(2, "\"B\"")).Accounts.Keys.Order());
    }

    [Fact]
    public void An_account_that_a_record_passes_through_within_one_batch_is_concerned_too() =>
        Assert.Equal(["A", "B"], Plan(Nothing, Record(1, "\"A\""), Record(2, "\"B\"")).Accounts.Keys.Order());

    [Fact]
    public void The_same_version_again_is_a_duplicate_and_an_older_one_superseded()
    {
        var known = Record(2, "\"A\"");
        var plan = Plan(Known(known), Record(2, "\"A\""), Record(1, "\"A\""));
        Assert.Empty(plan.News);
        Assert.Equal(new LedgerEntry(Exchanges.AccountDiscovered, "crm", Received: 2, Superseded: 1, Duplicates: 1), Assert.Single(plan.Ledger));
    }

    [Theory]
    [InlineData("null", "account_id_missing")]
    [InlineData("\"  \"", "account_id_missing")]
    [InlineData("7.0", "account_id_not_text")]
    public void A_record_without_a_usable_account_id_is_dead_and_leaves_the_account_that_it_had(string accountId, string reason)
    {
        var plan = Plan(Known(Record(1, "\"A\"")), Record(2, accountId));
        Assert.Equal(reason, Assert.Single(plan.Dead).Refusal.Reason.Code);
        Assert.Equal(["A"], plan.Accounts.Keys);
    }

    [Fact]
    public void What_can_never_be_used_is_dead_whichever_version_came_first()
    {
        var (bad, good) = (Record(1, "null"), Record(2, "\"A\""));
        Assert.Single(Plan(Nothing, bad, good).Dead);
        Assert.Single(Plan(Nothing, good, bad).Dead);
        Assert.Equal(Plan(Nothing, bad, good).Ledger, Plan(Nothing, good, bad).Ledger);
    }

    [Fact]
    public void Evidence_needs_no_account_id_and_a_deleted_record_needs_none() =>
        Assert.Empty(Plan(Nothing, Record(1, "null", source: "billing"), Record(1, "null", more: ",\"deleted\":true")).Dead);

    private static RecordPlan Plan(KnownRecords known, params AccountRecord[] records)
    {
        var plan = new RecordPlan(known, "crm");
        foreach (var record in records) plan.Take(record);
        return plan;
    }

    private static KnownRecords Known(AccountRecord record) =>
        new(new Dictionary<Guid, KnownRecord> { [record.Key] = new(record.Version, record.Message.AccountId.Value?.Text) }, new HashSet<Guid>());

    private static AccountRecord Record(int minute, string accountId, string source = "crm", string more = "")
    {
        var body = Encoding.UTF8.GetBytes($$"""{"source":"{{source}}","native_id":"1","observed_at":"2026-01-01T00:{{minute:00}}:00Z","account_id":{{accountId}}{{more}}}""");
        var message = MessageReader.AccountDiscovered(body).Message!;
        return new AccountRecord(message, new RecordVersion(message.ObservedAt, StableId.Of(body)), body, null, null);
    }
}
