using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>A value as a rule writes it, and what it can be compared with.</summary>
public sealed partial record RuleValue
{
    private readonly decimal? _number;
    private readonly DateTimeOffset? _time;

    private RuleValue(string text)
    {
        Text = text;
        _number = NumberOf(text);
        _time = _number is null ? TimeOf(text) : null;
    }

    public string Text { get; }

    /// <summary>A day is its first moment, UTC; a time without a zone is UTC.</summary>
    public bool IsTime => _time is not null;

    /// <summary>Whether something can be greater or less than it.</summary>
    public bool IsOrdered => _number is not null || _time is not null;

    public static RuleValue Of(string text) => new(text);

    /// <summary>A text exactly as it is written; a JSON number by its value, so that 5.0 is 5.</summary>
    public bool Is(JsonElement value) => FieldValues.TextOf(value) == Text
        || (value.ValueKind == JsonValueKind.Number && _number is { } number && NumberOf(value.GetRawText()) == number);

    /// <returns>Below zero where the value is less, above where it is greater; null where it is of another kind.</returns>
    public int? Compare(JsonElement value) => FieldValues.TextOf(value) is not { } text ? null
        : _number is { } number ? NumberOf(text)?.CompareTo(number)
        : _time is { } time ? TimeOf(text)?.CompareTo(time)
        : null;

    /// <summary>Numbers of up to 28 digits, as PostgreSQL or a CRM writes them; what does not fit is none.</summary>
    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? TimeOf(string text) =>
        Shape().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
