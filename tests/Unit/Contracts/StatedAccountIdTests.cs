using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class StatedAccountIdTests
{
    [Theory]
    [InlineData("\"12345\"", "12345")]
    [InlineData("12345", "12345")]
    [InlineData("\"0012\"", "0012")]
    [InlineData("0", "0")]
    [InlineData("-5", "-5")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("\"12345.0\"", "12345.0")]
    [InlineData("\"1e5\"", "1e5")]
    [InlineData("\"-0\"", "-0")]
    [InlineData("\"null\"", "null")]
    [InlineData("\"true\"", "true")]
    [InlineData("\"A1 \"", "A1 ")]
    [InlineData("\" A1\"", " A1")]
    [InlineData("\"a1\"", "a1")]
    [InlineData("\"A\\u200b1\"", "A\u200b1")]
    [InlineData("\"\\u200b\"", "\u200b")]
    [InlineData("\"caf\\u00e9\"", "café")]
    [InlineData("\"cafe\\u0301\"", "cafe\u0301")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"say \\\"A\\\"\"", "say \"A\"")]
    [InlineData("\"a\\\\u0000\"", "a\\u0000")]
    public void Text_and_whole_numbers_are_taken_as_they_stand(string json, string expected) =>
        Assert.Equal(expected, Stated(json).Value?.Text);

    [Theory]
    [InlineData("12345.0")]
    [InlineData("12345.5")]
    [InlineData("1e5")]
    [InlineData("1E5")]
    [InlineData("1E+5")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"A1\"}")]
    [InlineData("[]")]
    [InlineData("[\"A1\"]")]
    [InlineData("\"A\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    public void Anything_else_is_refused_and_shown_as_it_was_written(string json)
    {
        var stated = Stated(json);

        Assert.Null(stated.Value);
        Assert.False(stated.IsMissing);
        Assert.Equal(Reason.AccountIdNotText, stated.Refusal!.Reason);
        Assert.Contains(json, stated.Refusal.Detail);
        Assert.Equal(json, stated.ToString());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("\"\\t\\r\\n\"")]
    [InlineData("\"\\u00a0\\u3000\"")]
    public void Null_and_blank_text_are_missing(string json) => Assert.Equal(StatedAccountId.Missing, Stated(json));

    [Fact]
    public void A_whole_number_of_400_digits_keeps_every_digit()
    {
        var digits = string.Concat(Enumerable.Range(0, 400).Select(index => (char)('1' + (index % 9))));

        Assert.Equal(digits, Stated(digits).Value?.Text);
        Assert.Equal("-" + digits, Stated("-" + digits).Value?.Text);
    }

    [Theory]
    [InlineData("A1", "a1")]
    [InlineData("A1", "A1 ")]
    [InlineData("12", "0012")]
    [InlineData("12345", "12345.0")]
    [InlineData("café", "cafe\u0301")]
    [InlineData("A1", "A\u200b1")]
    public void Texts_that_look_alike_are_different_ids(string one, string other) =>
        Assert.NotEqual(StatedAccountId.Of(one).Value, StatedAccountId.Of(other).Value);

    [Fact]
    public void A_number_and_the_text_of_its_digits_are_the_same_id() => Assert.Equal(Stated("12345"), Stated("\"12345\""));

    [Fact]
    public void Half_a_surrogate_pair_is_no_text_even_when_it_comes_from_a_program()
    {
        var stated = StatedAccountId.Of("A\ud800");

        Assert.Equal(Reason.AccountIdNotText, stated.Refusal?.Reason);
        Assert.NotEqual(stated.ToString(), StatedAccountId.Of("A\ud801").ToString());
        Assert.Throws<ArgumentException>(() => AccountId.Of("A\ud800"));
    }

    [Fact]
    public void What_is_shown_of_a_long_value_never_ends_in_half_a_character()
    {
        var detail = Stated($"[\"{new string('x', 77)}😀😀\"]").Refusal!.Detail;

        Assert.True(detail.Length < 130, detail);
        Assert.DoesNotContain(detail.EnumerateRunes(), rune => rune.Value == 0xFFFD);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_account_id_is_never_blank(string text) => Assert.Throws<ArgumentException>(() => AccountId.Of(text));

    private static StatedAccountId Stated(string json)
    {
        using var document = JsonDocument.Parse(json);
        return StatedAccountId.Of(document.RootElement);
    }
}
