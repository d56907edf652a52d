using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// The text that ties objects of all systems to one account. Compared byte for byte: case, spaces, leading zeros and
/// Unicode form all count. Nothing is trimmed or folded, here or anywhere else.
/// </summary>
[JsonConverter(typeof(AccountIdConverter))]
public readonly record struct AccountId
{
    private AccountId(string text) => Text = text;

    public string Text { get; }

    /// <summary>The id with exactly this text; blank text is not an id.</summary>
    /// <exception cref="ArgumentException">The text is blank, or no text. Read what outsiders wrote with <see cref="StatedAccountId"/>, which refuses by value.</exception>
    public static AccountId Of(string text) =>
        string.IsNullOrWhiteSpace(text) ? throw new ArgumentException("An account_id is never blank.", nameof(text))
        : !UnicodeText.Is(text) ? throw new ArgumentException("An account_id is Unicode text, without half a surrogate pair.", nameof(text))
        : new(text);

    public override string ToString() => Text;

    internal sealed class AccountIdConverter : JsonConverter<AccountId>
    {
        public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? new(text) : throw new JsonException("account_id is blank");

        public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}
