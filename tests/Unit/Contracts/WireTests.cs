using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class WireTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 24, 9, 30, 0, 123, 456, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("\"ACME 😀 \\\"1\\\"\"")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("12345.0")]
    [InlineData("{\"id\":\"A\"}")]
    [InlineData("null")]
    public void An_account_reads_back_as_it_was_written(string accountId)
    {
        var account = new AccountDiscovered
        {
            Source = "crm", NativeId = "0015", AccountId = Stated(accountId), Name = "Ac\"me\u2028", JoinDate = Time, ObservedAt = Time,
            Fields = new Dictionary<string, JsonElement> { ["Type"] = JsonElement.Parse("\"Customer\""), ["Size"] = JsonElement.Parse("1.50") },
            Links = [new Link("billing", "B-7")], Emails = ["ann@acme.example"], AccountSupportId = "S-1", Deleted = true,
        };

        var read = MessageReader.AccountDiscovered(JsonSerializer.SerializeToUtf8Bytes(account, PipelineJson.Wire.AccountDiscovered));

        Assert.Null(read.Refusal?.Sentence);
        Assert.Equal(Written(account), Written(read.Message!));
        Assert.Equal(account.AccountId, read.Message!.AccountId);
    }

    [Theory]
    [InlineData(ClaimKind.AccountId)]
    [InlineData(ClaimKind.Parent)]
    [InlineData(ClaimKind.Email)]
    [InlineData(ClaimKind.UserId)]
    [InlineData(ClaimKind.AccountSupportId)]
    public void A_child_reads_back_as_it_was_written_whatever_its_claim(ClaimKind kind)
    {
        var child = new ChildObjectReceived
        {
            Source = "portal", ObjectType = "feedback", NativeId = "17", ObservedAt = Time, Data = JsonElement.Parse("{\"stars\":5.0}"),
            Claims = [new Claim(kind, "X-1", kind == ClaimKind.Parent ? "desk" : null)], AccountId = StatedAccountId.Of("A"), Email = "e", UserId = "u",
        };

        var read = MessageReader.ChildObjectReceived(JsonSerializer.SerializeToUtf8Bytes(child, PipelineJson.Wire.ChildObjectReceived));

        Assert.Null(read.Refusal?.Sentence);
        Assert.Equal(Written(child), Written(read.Message!));
        Assert.Equal(child.Claims, read.Message!.Claims);
    }

    [Fact]
    public void A_child_with_nothing_but_its_identity_reads_back()
    {
        var child = new ChildObjectReceived { Source = "portal", ObjectType = "feedback", NativeId = "17", ObservedAt = Time };

        Assert.Null(MessageReader.ChildObjectReceived(JsonSerializer.SerializeToUtf8Bytes(child, PipelineJson.Wire.ChildObjectReceived)).Refusal?.Sentence);
    }

    [Fact]
    public void A_user_reads_back_as_it_was_written()
    {
        var mapped = new UserMapped { UserId = "U-1", AccountId = AccountId.Of("A"), ObservedAt = Time };

        Assert.Equal(mapped, MessageReader.UserMapped(JsonSerializer.SerializeToUtf8Bytes(mapped, PipelineJson.Wire.UserMapped)).Message);
    }

    [Fact]
    public void Required_values_are_written_even_where_they_are_the_default()
    {
        var admitted = new AccountAdmitted { AccountId = AccountId.Of("A"), Revision = 0, Source = "crm", NativeId = "1", Name = "Acme", JoinDate = default };
        var accepted = new ChildObjectAccepted
        {
            Source = "portal", ObjectType = "feedback", NativeId = "17", ObservedAt = default, AccountId = AccountId.Of("A"), Claim = new Claim(ClaimKind.AccountId, "A"),
        };

        Assert.Contains("\"revision\":0", JsonSerializer.Serialize(admitted, PipelineJson.Wire.AccountAdmitted));
        Assert.Contains("\"join_date\":\"0001-01-01T00:00:00+00:00\"", JsonSerializer.Serialize(admitted, PipelineJson.Wire.AccountAdmitted));
        Assert.Contains("\"claim\":{\"by\":\"account_id\",\"value\":\"A\"}", JsonSerializer.Serialize(accepted, PipelineJson.Wire.ChildObjectAccepted));
    }

    [Fact]
    public void Nothing_that_is_null_is_written()
    {
        var account = new AccountDiscovered { Source = "crm", NativeId = "1", ObservedAt = Time };
        var dead = new ChildObjectDeadLettered { DeadLetterId = StableId.Of("a"), Reason = Reason.MessageUnreadable.Code, Sentence = "s" };

        Assert.DoesNotContain("null", JsonSerializer.Serialize(account, PipelineJson.Wire.AccountDiscovered));
        Assert.DoesNotContain("null", JsonSerializer.Serialize(dead, PipelineJson.Wire.ChildObjectDeadLettered));
    }

    private static StatedAccountId Stated(string json) => StatedAccountId.Of(JsonElement.Parse(json));

    private static string Written(AccountDiscovered account) =>
        JsonSerializer.Serialize(account with { ObservedAt = account.ObservedAt.ToUniversalTime(), JoinDate = account.JoinDate?.ToUniversalTime() }, PipelineJson.Wire.AccountDiscovered);

    private static string Written(ChildObjectReceived child) =>
        JsonSerializer.Serialize(child with { ObservedAt = child.ObservedAt.ToUniversalTime() }, PipelineJson.Wire.ChildObjectReceived);
}
