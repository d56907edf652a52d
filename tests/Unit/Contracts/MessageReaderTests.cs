using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class MessageReaderTests
{
    private static readonly string[] Required =
        ["account-discovered: source native_id observed_at", "child-object-received: source object_type native_id observed_at", "user-mapped: user_id account_id observed_at"];

    private static readonly string[] Mistyped =
    [
        "account-discovered|source|true", "account-discovered|source|1.5", "account-discovered|native_id|[]", "account-discovered|native_id|{}",
        "account-discovered|name|false", "account-discovered|join_date|20240301", "account-discovered|join_date|\"01/03/2024\"", "account-discovered|observed_at|1732440600",
        "account-discovered|fields|[]", "account-discovered|fields|\"x\"", "account-discovered|links|{}", "account-discovered|emails|\"ann@acme.example\"",
        "account-discovered|emails|[1]", "account-discovered|account_support_id|{}", "account-discovered|deleted|\"true\"", "account-discovered|deleted|1",
        "child-object-received|source|{}", "child-object-received|object_type|[]", "child-object-received|native_id|17.0", "child-object-received|observed_at|\"yesterday\"",
        "child-object-received|observed_at|\"2026-11-24\"", "child-object-received|data|[]", "child-object-received|data|\"x\"", "child-object-received|deleted|0",
        "child-object-received|claims|{}", "child-object-received|parent_id|true", "child-object-received|email|[]", "child-object-received|user_id|1e3",
        "child-object-received|account_support_id|false", "user-mapped|user_id|{}", "user-mapped|observed_at|\"\"",
    ];

    public static TheoryData<string, string> RequiredFields => [.. Required.SelectMany(line => line.Split(": ")[1].Split(' ').Select(name => (line.Split(": ")[0], name)))];

    public static TheoryData<string, string, string> MistypedFields => [.. Mistyped.Select(line => line.Split('|')).Select(part => (part[0], part[1], part[2]))];

    [Theory]
    [InlineData(Exchanges.AccountDiscovered)]
    [InlineData(Exchanges.ChildObjectReceived)]
    [InlineData(Exchanges.UserMapped)]
    public void A_whole_message_is_read_and_unknown_fields_are_ignored(string message)
    {
        Assert.Null(Bodies.ReadAny(message, Bodies.Of(message)));
        Assert.Null(Bodies.ReadAny(message, Bodies.With(Bodies.Of(message), "colour", "{\"unknown\": [1, 2.5, null]}")));
    }

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public void A_required_field_that_is_left_out_null_or_blank_is_named(string message, string field)
    {
        IsRefused(message, Bodies.Without(Bodies.Of(message), field), $"The field {field} ");
        IsRefused(message, Bodies.With(Bodies.Of(message), field, "null"), $"The field {field} is missing.");
        IsRefused(message, Bodies.With(Bodies.Of(message), field, "\"  \""), $"The field {field} ");
        IsRefused(message, "{}", "is missing.");
    }

    [Theory]
    [MemberData(nameof(MistypedFields))]
    public void A_mistyped_field_is_named(string message, string field, string value) =>
        IsRefused(message, Bodies.With(Bodies.Of(message), field, value), $"The field {field} ");

    [Theory]
    [InlineData("account-discovered", "links", "[null]", "links[0] is not an object")]
    [InlineData("account-discovered", "links", "[{\"system\":\"a\",\"native_id\":\"1\"},{\"system\":\"a\"}]", "links[1].native_id is missing")]
    [InlineData("account-discovered", "links", "[{\"native_id\":\"1\"}]", "links[0].system is missing")]
    [InlineData("child-object-received", "claims", "[7]", "claims[0] is not an object")]
    [InlineData("child-object-received", "claims", "[{}]", "claims[0].by is missing")]
    [InlineData("child-object-received", "claims", "[{\"by\":\"email\",\"value\":\"a\"},{\"by\":\"name\",\"value\":\"b\"}]", "claims[1].by is none of account_id, parent, email, user_id, account_support_id")]
    [InlineData("child-object-received", "claims", "[{\"by\":\"Email\",\"value\":\"a\"}]", "claims[0].by is none of")]
    [InlineData("child-object-received", "claims", "[{\"by\":\"parent\",\"value\":{}}]", "claims[0].value is object")]
    public void A_wrong_item_of_a_list_is_named_with_its_place(string message, string field, string value, string detail) =>
        IsRefused(message, Bodies.With(Bodies.Of(message), field, value), $"The field {detail}");

    [Theory]
    [InlineData("account-discovered", "source")]
    [InlineData("child-object-received", "source")]
    [InlineData("child-object-received", "object_type")]
    public void A_name_is_short_and_without_control_characters(string message, string field)
    {
        Assert.Null(Bodies.ReadAny(message, Bodies.With(Bodies.Of(message), field, $"\"{new string('x', 100)}\"")));
        IsRefused(message, Bodies.With(Bodies.Of(message), field, $"\"{new string('x', 101)}\""), $"The field {field} is over 100 characters");
        IsRefused(message, Bodies.With(Bodies.Of(message), field, "\"a\\nb\""), $"The field {field} is over 100 characters or holds a control character.");
    }

    [Theory]
    [InlineData("12345.0")]
    [InlineData("true")]
    public void An_account_id_that_is_not_text_is_kept_for_the_one_who_decides_but_no_user_is_mapped_to_it(string value)
    {
        Assert.Null(Bodies.ReadAny(Exchanges.AccountDiscovered, Bodies.With(Bodies.Account, "account_id", value)));
        Assert.Equal(value, Bodies.ReadChild(Bodies.With(Bodies.Child, "account_id", value)).AccountId.ToString());
        Assert.Equal(Reason.AccountIdNotText, Bodies.ReadAny(Exchanges.UserMapped, Bodies.With(Bodies.Mapping, "account_id", value))?.Reason);
    }

    [Fact]
    public void Whole_numbers_are_ids_of_any_length()
    {
        var child = Bodies.ReadChild(Bodies.With(Bodies.Child, "native_id", "123456789012345678901234567890"));

        Assert.Equal("123456789012345678901234567890", child.NativeId);
    }

    private static void IsRefused(string message, string body, string detail)
    {
        var refusal = Bodies.ReadAny(message, body);
        Assert.Equal(Reason.MessageInvalid, refusal?.Reason);
        Assert.Contains(detail, refusal!.Detail, StringComparison.Ordinal);
    }
}
