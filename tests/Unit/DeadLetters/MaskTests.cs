using Pipeline.DeadLetters.Access;

namespace Pipeline.Unit.Tests.DeadLetters;

/// <summary>Readers see what is wrong with a message and not who a person is.</summary>
public sealed class MaskTests
{
    [Theory]
    [InlineData("email jo.doe@old.example", "email •••@old.example")]
    [InlineData("<jo@a.example>, 'bo@b.example'", "<•••@a.example>, '•••@b.example'")]
    [InlineData("no address", "no address")]
    public void Of_an_address_only_the_domain_is_shown(string text, string shown) => Assert.Equal(shown, Mask.Text(text));

    [Fact]
    public void Of_a_body_the_fields_are_shown_and_of_their_values_what_identifies_the_object() => Assert.Equal(
        """{"source":"desk","native_id":"7","account_id":5,"data":{"name":"•••","age":"••• (a number)","vip":true,"notes":["•••",null]},"email":"•••"}""",
        Mask.Body("""{"source":"desk","native_id":"7","account_id":5,"data":{"name":"Jo","age":41,"vip":true,"notes":["x",null]},"email":"jo@a.example"}"""));

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("")]
    [InlineData("\"Jo Doe\"")]
    public void What_is_no_object_is_hidden(string body) => Assert.DoesNotContain("Jo", Mask.Body(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":"jo@a.example","b":["x y <bo@b.example>"]}""")]
    [InlineData("""{"a":"line\nbreak@a.example"}""")]
    [InlineData("""{"a":"\"jo\"@a.example, \\jo@a.example\\"}""")]
    [InlineData("""{"a@b":1,"email jo@a.example":"@"}""")]
    public void A_JSON_text_that_is_masked_as_a_whole_is_JSON_still(string json)
    {
        using var masked = System.Text.Json.JsonDocument.Parse(Mask.Text(json));
        Assert.DoesNotContain("jo@", masked.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("bo@", masked.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_an_address_is_hidden_too() => Assert.Equal("""{"•••@a.example":"•••"}""", Mask.Body("""{"jo@a.example":"x"}"""));
}
