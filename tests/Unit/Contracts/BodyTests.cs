using System.Text;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class BodyTests
{
    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData(" ", "Not JSON at line 1, byte 2.")]
    [InlineData("{", "Not JSON at line 1, byte 2.")]
    [InlineData("{\n\"a\":}", "Not JSON at line 2, byte 5.")]
    [InlineData("{} {}", "Not JSON at line 1, byte 4.")]
    [InlineData("{'a':1}", "Not JSON at line 1, byte 2.")]
    [InlineData("{\"a\":1,}", "Not JSON at line 1, byte 8.")]
    [InlineData("{\"a\":NaN}", "Not JSON at line 1, byte 6.")]
    [InlineData("{\"a\":012}", "Not JSON at line 1, byte 7.")]
    [InlineData("// a comment\n{}", "Not JSON at line 1, byte 1.")]
    [InlineData("<xml/>", "Not JSON at line 1, byte 1.")]
    public void What_is_not_one_JSON_text_is_unreadable(string body, string detail) => IsRefused(body, Reason.MessageUnreadable, detail);

    [Theory]
    [InlineData("null", "The body is a JSON null, not an object.")]
    [InlineData("[]", "The body is a JSON array, not an object.")]
    [InlineData("true", "The body is a JSON boolean, not an object.")]
    [InlineData("12", "The body is a JSON number, not an object.")]
    [InlineData("\"{}\"", "The body is a JSON string, not an object.")]
    public void What_is_JSON_but_no_object_is_invalid(string body, string detail) => IsRefused(body, Reason.MessageInvalid, detail);

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)'}' })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0 })]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0x00 })]
    public void What_is_not_UTF8_is_unreadable(byte[] body) =>
        Assert.Equal("The body is not UTF-8.", Body.Parse(body).Refusal?.Detail);

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        byte[] body = [.. Encoding.UTF8.Preamble, .. "{}"u8];

        Assert.Null(Body.Parse(body).Refusal);
        Assert.Equal("The body is empty.", Body.Parse(Encoding.UTF8.Preamble.ToArray()).Refusal?.Detail);
    }

    [Theory]
    [InlineData("{\"a\":\"\\u0000\"}", "a")]
    [InlineData("{\"a\":{\"b\":[1,\"x\\u0000y\"]}}", "a.b[1]")]
    [InlineData("{\"a\":[[],[{\"b\":\"\\ud800\"}]]}", "a[1][0].b")]
    [InlineData("{\"a\":\"\\uDC00\"}", "a")]
    [InlineData("{\"a\":\"\\ud83dx\"}", "a")]
    [InlineData("{\"a\":\"\\ude00\\ud83d\"}", "a")]
    public void Text_that_cannot_be_stored_is_invalid_and_its_place_is_named(string body, string path) =>
        IsRefused(body, Reason.MessageInvalid, $"The field {path} holds a NUL character or half a surrogate pair.");

    [Theory]
    [InlineData("{\"a\\u0000\":1}", "The body has a key that holds a NUL character or half a surrogate pair.")]
    [InlineData("{\"a\":{\"\\ud800\":1}}", "The field a has a key that holds a NUL character or half a surrogate pair.")]
    public void So_is_a_key(string body, string detail) => IsRefused(body, Reason.MessageInvalid, detail);

    [Theory]
    [InlineData("{\"a\":\"\\\\u0000\"}")]
    [InlineData("{\"a\":\"\\\\ud800\"}")]
    [InlineData("{\"a\":\"\\ud83d\\ude00\"}")]
    [InlineData("{\"a\":\"\\u0001\"}")]
    [InlineData("{\"\\\\u0000\":1}")]
    public void An_escaped_backslash_whole_pairs_and_other_controls_are_fine(string body) => IsTaken(body);

    [Theory]
    [InlineData("{\"account_id\":\"A\",\"account_id\":\"B\"}", "account_id")]
    [InlineData("{\"account_id\":\"A\",\"account_id\":\"A\"}", "account_id")]
    [InlineData("{\"account_id\":\"A\",\"account\\u005fid\":\"B\"}", "account_id")]
    [InlineData("{\"claims\":[{\"by\":\"email\",\"value\":\"a\",\"value\":\"b\"}]}", "claims[0].value")]
    [InlineData("{\"data\":{\"a\":{\"b\":1,\"c\":2,\"b\":3}}}", "data.a.b")]
    public void A_key_that_is_there_twice_is_invalid_for_no_one_can_know_which_was_meant(string body, string path) =>
        IsRefused(body, Reason.MessageInvalid, $"The field {path} is there more than once.");

    [Theory]
    [InlineData("{\"a\":{\"b\":1},\"c\":{\"b\":1}}")]
    [InlineData("{\"a\":1,\"A\":2}")]
    public void The_same_key_in_another_object_or_another_case_is_another_field(string body) => IsTaken(body);

    [Theory]
    [InlineData("1e6001")]
    [InlineData("-1E-6001")]
    [InlineData("1e99999999999999999999")]
    public void A_number_that_cannot_be_stored_is_invalid_where_it_would_be_stored(string number)
    {
        IsRefused($$"""{"data":{"a":[{{number}}]} }""", Reason.MessageInvalid, "The field data.a[0] is a number too long or too large to be stored.");
        IsRefused($$"""{"fields":{"a":{{number}} } }""", Reason.MessageInvalid, "The field fields.a is a number too long or too large to be stored.");
        IsTaken($$"""{"elsewhere":{{number}}}""");
    }

    [Fact]
    public void Numbers_are_stored_up_to_131072_digits_and_an_exponent_of_6000()
    {
        IsTaken($$"""{"data":{"a":{{new string('7', 131_072)}},"b":1.5e6000,"c":1E-6000,"d":-0.25} }""");
        Assert.Equal(Reason.MessageInvalid, Body.Parse(Bodies.Bytes($$"""{"data":{"a":{{new string('7', 131_073)}} } }""")).Refusal?.Reason);
        Assert.Equal(Reason.MessageInvalid, Body.Parse(Bodies.Bytes($$"""{"data":{"a":0.{{new string('7', 10_000)}} } }""")).Refusal?.Reason);
    }

    [Fact]
    public void A_body_of_one_mebibyte_is_read_and_one_byte_more_is_too_large()
    {
        var padding = new string('x', Body.MaximumSize - """{"a":""}""".Length);

        IsTaken($$"""{"a":"{{padding}}"}""");
        IsRefused($$"""{"a":"{{padding}}x"}""", Reason.MessageTooLarge, $"The body has {Body.MaximumSize + 1} bytes.");
    }

    [Fact]
    public void Depth_is_bounded()
    {
        IsTaken(Nested(Body.MaximumDepth));
        Assert.Equal(Reason.MessageUnreadable, Body.Parse(Bodies.Bytes(Nested(Body.MaximumDepth + 1))).Refusal?.Reason);
    }

    [Fact]
    public void A_refusal_fits_into_a_header_whatever_the_sender_calls_his_fields()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 100_000));

        var refusal = Body.Parse(Bodies.Bytes($$"""{"{{name}}":1,"{{name}}":2}""")).Refusal!;

        Assert.InRange(refusal.Detail.Length, 100, Refusal.LongestDetail + 1);
        Assert.DoesNotContain(refusal.Detail.EnumerateRunes(), rune => rune.Value == 0xFFFD);
    }

    private static string Nested(int depth) => $"{string.Concat(Enumerable.Repeat("{\"a\":", depth - 1))}{{}}{new string('}', depth - 1)}";

    private static void IsTaken(string body) => Assert.Null(Body.Parse(Bodies.Bytes(body)).Refusal?.Sentence);

    private static void IsRefused(string body, Reason reason, string detail)
    {
        var refusal = Body.Parse(Bodies.Bytes(body)).Refusal;
        Assert.Equal((reason.Code, detail), (refusal?.Reason.Code, refusal?.Detail));
    }
}
