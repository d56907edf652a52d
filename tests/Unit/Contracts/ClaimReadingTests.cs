using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class ClaimReadingTests
{
    [Fact]
    public void Claims_keep_their_order_and_those_without_a_value_say_nothing()
    {
        var child = WithClaims("""
            [{"by": "account_id"}, {"by": "email", "value": " "}, {"by": "user_id", "value": 7},
             {"by": "parent", "value": "P-1"}, {"by": "account_support_id", "value": "S-1", "system": "ignored"}]
            """);

        Assert.Equal([new Claim(ClaimKind.UserId, "7"), new Claim(ClaimKind.Parent, "P-1"), new Claim(ClaimKind.AccountSupportId, "S-1")], child.Claims);
    }

    [Fact]
    public void A_parent_claim_may_name_another_system() =>
        Assert.Equal([new Claim(ClaimKind.Parent, "P-1", "desk")], WithClaims("""[{"by": "parent", "value": "P-1", "system": "desk"}]""").Claims);

    [Theory]
    [InlineData("\"0012\"", "0012")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("\"A1 \"", "A1 ")]
    public void A_claim_by_account_id_follows_law_1(string value, string text) =>
        Assert.Equal([new Claim(ClaimKind.AccountId, text)], WithClaims($$"""[{"by": "account_id", "value": {{value}}}]""").Claims);

    [Theory]
    [InlineData("12345.0")]
    [InlineData("true")]
    [InlineData("[\"A1\"]")]
    public void One_that_is_not_text_refuses_the_message_if_it_is_the_one_that_decides(string value)
    {
        var decides = Bodies.With(Bodies.Child, "claims", $$"""[{"by": "email"}, {"by": "account_id", "value": {{value}}}, {"by": "email", "value": "a@b.example"}]""");
        var comesLater = Bodies.With(Bodies.Child, "claims", $$"""[{"by": "email", "value": "a@b.example"}, {"by": "account_id", "value": {{value}}}]""");

        Assert.Equal(Reason.AccountIdNotText, Bodies.ReadAny(Exchanges.ChildObjectReceived, decides)?.Reason);
        Assert.Equal([new Claim(ClaimKind.Email, "a@b.example")], Bodies.ReadChild(comesLater).Claims);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void No_claims_leave_the_short_forms(string value)
    {
        var child = WithClaims(value);

        Assert.Empty(child.Claims);
        Assert.Equal(("ACME-1", "P-2", "ann@acme.example", "U-1", "S-1"), (child.AccountId.ToString(), child.ParentId, child.Email, child.UserId, child.AccountSupportId));
    }

    private static ChildObjectReceived WithClaims(string claims) => Bodies.ReadChild(Bodies.With(Bodies.Child, "claims", claims));
}
