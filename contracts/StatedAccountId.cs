using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>
/// An account_id as a sender wrote it: usable, missing, or something that is not an account_id. This is law 1, and the
/// only place where it is decided:
/// a JSON string is taken as it stands; an integer of any length is read as its digits, never through a double; a number
/// with a fraction or an exponent, a boolean, an array or an object is refused; null and blank text are missing.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct StatedAccountId
{
    private readonly string? _written;

    private StatedAccountId(string? written, AccountId? value, Refusal? refusal) => (_written, Value, Refusal) = (written, value, refusal);

    /// <summary>Nothing was stated.</summary>
    public static StatedAccountId Missing => default;

    /// <summary>The usable id, or null.</summary>
    public AccountId? Value { get; }

    /// <summary>Why what was stated is not an account_id; null where it is usable or missing.</summary>
    public Refusal? Refusal { get; }

    public bool IsMissing => Value is null && Refusal is null;

    /// <summary>What this text states: itself, or nothing where it is blank. Half a surrogate pair is no text: two such ids would be one on the wire.</summary>
    public static StatedAccountId Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Missing;
        return UnicodeText.Is(text) ? new(null, AccountId.Of(text), null) : NotText(Escaped(text));
    }

    /// <summary>What this JSON value states.</summary>
    public static StatedAccountId Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => Missing,
        JsonValueKind.String when !HoldsText(value) => NotText(value.GetRawText()),
        JsonValueKind.String => Of(value.GetString()),
        JsonValueKind.Number when IsInteger(value.GetRawText()) => Of(value.GetRawText()),
        _ => NotText(value.GetRawText()),
    };

    public override string ToString() => Value?.Text ?? _written ?? "";

    /// <summary>Whether a JSON number is written as a whole number; <c>-0</c> is not, for it has no one way to be written.</summary>
    internal static bool IsInteger(string number) => !number.AsSpan().ContainsAny('.', 'e', 'E') && number != "-0";

    private static bool HoldsText(JsonElement value)
    {
        try
        {
            return value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // System.Text.Json's word for half a surrogate pair
        }
    }

    private static StatedAccountId NotText(string written) =>
        new(written, null, new Refusal(Reason.AccountIdNotText, $"The account_id is written as {UnicodeText.Shorten(written, 80)}."));

    /// <summary>The text as JSON that keeps every half pair, which the serialiser would replace.</summary>
    private static string Escaped(string text) => $"\"{string.Concat(text.Select(character => $"\\u{(int)character:x4}"))}\"";

    internal sealed class Converter : JsonConverter<StatedAccountId>
    {
        public override bool HandleNull => true;

        public override StatedAccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return Of(document.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, StatedAccountId value, JsonSerializerOptions options)
        {
            if (value._written is { } raw) writer.WriteRawValue(raw);
            else writer.WriteStringValue(value.Value?.Text);
        }
    }
}
