using Pipeline.DeadLetters.Access;
using Pipeline.Hosting;

namespace Pipeline.Unit.Tests.DeadLetters;

/// <summary>What an identity provider's words give somebody here.</summary>
public sealed class GrantsTests
{
    private static readonly Grants Given = Grants.Read("office=admin; desk-team=operator:desk,portal; crm-team = Operator : crm ; all=reader");

    [Fact]
    public void Nothing_is_given_to_who_is_granted_nothing() => Assert.Null(Given.For("kim", ["sales", "OFFICE"]));

    [Fact]
    public void Of_several_the_highest_role_counts_for_the_sources_of_all_that_give_it()
    {
        var kim = Given.For("kim", ["all", "desk-team", "crm-team"])!;
        Assert.Equal((Role.Operator, "crm,desk,portal", true), (kim.Role, string.Join(',', kim.Sources!), kim.IsProven));
    }

    [Fact]
    public void A_role_for_all_sources_has_no_bound() => Assert.Null(Given.For("kim", ["office", "desk-team"])!.Sources);

    [Fact]
    public void What_is_of_no_known_source_is_for_those_who_see_all()
    {
        var kim = Given.For("kim", ["desk-team"])!;
        Assert.True(kim.Sees("desk"));
        Assert.False(kim.Sees("DESK"));
        Assert.False(kim.Sees(null));
        Assert.True(Given.For("kim", ["all"])!.Sees(null));
    }

    [Fact]
    public void A_session_keeps_the_name_the_role_and_the_sources()
    {
        var kim = Given.For("kim", ["desk-team"])!;
        var kept = Caller.Of(kim.ToPrincipal("cookie"));
        Assert.Equal((kim.Name, kim.Role, "desk,portal"), (kept.Name, kept.Role, string.Join(',', kept.Sources!)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ; ")]
    [InlineData("office")]
    [InlineData("office=owner")]
    [InlineData("office=2")]
    [InlineData("=admin")]
    [InlineData("office=admin:")]
    public void What_cannot_be_read_is_refused_with_what_to_write(string? text) =>
        Assert.Contains("help-desk=operator:desk,portal", Assert.Throws<SettingsException>(() => Grants.Read(text)).Message, StringComparison.Ordinal);
}
