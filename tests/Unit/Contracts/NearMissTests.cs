using Pipeline.Contracts.Spelling;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class NearMissTests
{
    [Theory]
    [InlineData("Nordwind-7 ", "Nordwind-7", "white_space")]
    [InlineData("Nord wind", "Nordwind", "white_space")]
    [InlineData("Nordwind\u00A07", "Nordwind7", "white_space")]
    [InlineData("Nord\u200Bwind", "Nordwind", "zero_width")]
    [InlineData("Caf\u00E9", "Cafe\u0301", "unicode_form")]
    [InlineData("nordwind", "Nordwind", "case")]
    [InlineData("123.0", "123", "trailing_zero_fraction")]
    [InlineData("00123", "123", "leading_zeros")]
    [InlineData("1.23E5", "123000", "exponent")]
    [InlineData("0015g00000XyZ1A", "0015g00000XyZ1AAAA", null)] // a wrong checksum is none
    [InlineData("Аcme", "Acme", "confusable_letters")]
    [InlineData("nordwind ", "Nordwind", "white_space,case")]
    [InlineData("123000.0", "123", null)]
    [InlineData("12", "13", null)]
    [InlineData("Nordwind", "Nordwind", null)]
    public void A_near_miss_is_told_by_the_rules_that_explain_it(string asked, string known, string? rules) =>
        Assert.Equal(rules, NearMiss.Between(asked, known) is { } found ? string.Join(",", found) : null);

    [Fact]
    public void The_18_character_form_with_the_right_checksum_is_the_15_character_one() =>
        Assert.Equal([NearMissRule.CaseChecksum], NearMiss.Between("001A0000006Vm9u", "001A0000006Vm9uIAC"));

    [Fact]
    public void Two_15_character_ids_that_differ_in_case_are_only_that_and_both_may_be_right() =>
        Assert.Equal([NearMissRule.Case], NearMiss.Between("001A0000006Vm9u", "001A0000006Vm9U"));

    [Theory]
    [InlineData("NULL", true)]
    [InlineData(" n/a ", true)]
    [InlineData("Nullarbor", false)]
    public void A_word_for_nothing_is_known(string text, bool isOne) => Assert.Equal(isOne, NullWord.Is(text));

    [Theory]
    [InlineData("a ", "a␠")]
    [InlineData("a\u200Bb", "a⟨U+200B⟩b")]
    [InlineData("a\u00A0b", "a⟨NBSP⟩b")]
    public void What_is_not_seen_is_written_out(string text, string shown) => Assert.Equal(shown, Visible.Text(text));
}
