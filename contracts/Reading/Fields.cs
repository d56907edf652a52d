using System.Text.Json;

namespace Pipeline.Contracts.Reading;

/// <summary>
/// Reads the fields of one message and remembers the first thing that is wrong, so that a reader can be written as a plain
/// list of fields. A field that is null counts as left out.
/// </summary>
public sealed class Fields
{
    /// <summary>Names of systems and types are short; a longer one is a mistake.</summary>
    public const int LongestName = 100;

    private readonly JsonElement _json;
    private readonly string _path;

    public Fields(JsonElement json, string path = "") => (_json, _path) = (json, path);

    /// <summary>The first thing that is wrong, or null.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>A required text or whole number, not blank.</summary>
    public string RequiredText(string field) => Text(field) ?? Missing(field);

    /// <summary>A required short name without control characters: a system or an object type.</summary>
    public string RequiredName(string field)
    {
        var name = RequiredText(field);
        if (!IsName(name)) Wrong(field, $"is over {LongestName} characters or holds a control character");
        return name;
    }

    /// <summary>A text, or a whole number of any length read as its digits; null where it is left out or blank.</summary>
    public string? Text(string field)
    {
        if (Find(field) is not { } value) return null;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
            case JsonValueKind.Number when StatedAccountId.IsInteger(value.GetRawText()):
                return value.GetRawText();
            default:
                Wrong(field, $"is {Body.Name(value.ValueKind)}, neither text nor a whole number");
                return null;
        }
    }

    /// <summary>Law 1 decides what it is; see <see cref="StatedAccountId"/>.</summary>
    public StatedAccountId AccountId(string field) => Find(field) is { } value ? StatedAccountId.Of(value) : StatedAccountId.Missing;

    /// <summary>A required account_id; without it, or with something that is not an account_id, the message is refused.</summary>
    public AccountId RequiredAccountId(string field)
    {
        var stated = AccountId(field);
        if (stated.IsMissing) Wrong(field, "is missing");
        if (stated.Refusal is { } notText) Refuse(notText);
        return stated.Value ?? default;
    }

    /// <summary>A required whole number of 64 bits.</summary>
    public long RequiredWholeNumber(string field)
    {
        if (Find(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)) return number;
        Wrong(field, "is not a whole number");
        return 0;
    }

    /// <summary>A required time with its offset, ISO 8601.</summary>
    public DateTimeOffset RequiredTime(string field)
    {
        if (Find(field) is not { } value)
        {
            Missing(field);
            return default;
        }

        return Time(field, value, dateAlone: false) ?? default;
    }

    /// <summary>A date, or a time with its offset; null where it is left out or blank.</summary>
    public DateTimeOffset? DateOrTime(string field) =>
        Find(field) is { } value && !(value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString())) ? Time(field, value, dateAlone: true) : null;

    public bool Flag(string field)
    {
        if (Find(field) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Wrong(field, $"is {Body.Name(value.ValueKind)}, not true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>An object, or an undefined element where it is left out.</summary>
    public JsonElement JsonObject(string field)
    {
        if (Find(field) is not { } value) return default;
        if (value.ValueKind == JsonValueKind.Object) return value;
        Wrong(field, $"is {Body.Name(value.ValueKind)}, not an object");
        return default;
    }

    /// <summary>A list whose items are read one by one; empty where it is left out.</summary>
    public IReadOnlyList<T> List<T>(string field, Func<Fields, T> readItem)
    {
        if (Find(field) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(field, $"is {Body.Name(value.ValueKind)}, not a list");
            return [];
        }

        var items = new List<T>();
        foreach (var element in value.EnumerateArray())
        {
            var item = new Fields(element, $"{_path}{field}[{items.Count}].");
            if (element.ValueKind != JsonValueKind.Object) Wrong($"{field}[{items.Count}]", "is not an object");
            else items.Add(readItem(item));
            Refusal ??= item.Refusal;
            if (Refusal is not null) return items;
        }

        return items;
    }

    /// <summary>A list of texts; blank ones are left out.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        if (Find(field) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Null))
            return [.. value.EnumerateArray().Select(item => item.GetString()).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))];
        Wrong(field, "is not a list of texts");
        return [];
    }

    /// <summary>Marks a field as wrong; the first mark stays.</summary>
    public void Wrong(string field, string how) => Refusal ??= new Refusal(Reason.MessageInvalid, $"The field {_path}{field} {how}.");

    /// <summary>Refuses the message for a reason of its own; the first refusal stays.</summary>
    public void Refuse(Refusal refusal) => Refusal ??= refusal;

    /// <summary>Whether a text is short enough for the name of a system or a type, and holds no control character.</summary>
    internal static bool IsName(string text)
    {
        foreach (var one in text)
            if (char.IsControl(one)) return false;
        return text.Length <= LongestName;
    }

    private string Missing(string field)
    {
        Wrong(field, "is missing");
        return "";
    }

    private JsonElement? Find(string field) =>
        _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private DateTimeOffset? Time(string field, JsonElement value, bool dateAlone)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if ((dateAlone ? WireTime.ParseDateOrTime(text) : WireTime.Parse(text)) is { } time) return time;
        Wrong(field, dateAlone ? "is neither a date nor a time with its offset, as in 2026-11-24T09:30:00Z" : "is not a time with its offset, as in 2026-11-24T09:30:00Z");
        return null;
    }
}
