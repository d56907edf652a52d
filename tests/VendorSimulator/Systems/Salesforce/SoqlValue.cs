using System.Globalization;
using System.Text.Json;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>Values as SOQL compares them: text without its case, nulls before all else.</summary>
public static class SoqlValue
{
    public static IComparer<IComparable?> Order { get; } = Comparer<IComparable?>.Create(Compare);

    public static bool Same(IComparable? left, IComparable? right) => Compare(left, right) == 0;

    public static IComparable? Of(SalesforceRecord record, string field)
    {
        var value = record.Fields[field];
        if (value.ValueKind == JsonValueKind.Null) return null;
        return SalesforceFields.KindOf(field) switch
        {
            FieldKind.Number => value.GetDecimal(),
            FieldKind.Time => ReadTime(value.GetString()!),
            FieldKind.Date => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd"),
            FieldKind.Flag => value.GetBoolean(),
            _ => value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(),
        };
    }

    /// <summary>The literal as a value of the field's kind; false where it is not one.</summary>
    public static bool TryRead(SoqlToken literal, FieldKind kind, out IComparable? value)
    {
        value = (literal.Kind, kind) switch
        {
            (SoqlTokenKind.Text, FieldKind.Text) => literal.Text,
            (SoqlTokenKind.Word, FieldKind.Number) => decimal.TryParse(literal.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null,
            (SoqlTokenKind.Word, FieldKind.Time) => ReadTime(literal.Text),
            (SoqlTokenKind.Word, FieldKind.Date) => DateOnly.TryParseExact(literal.Text, "yyyy-MM-dd", out var date) ? date : null,
            (SoqlTokenKind.Word, FieldKind.Flag) => bool.TryParse(literal.Text, out var flag) ? flag : null,
            _ => null,
        };
        return value is not null || (literal.Kind == SoqlTokenKind.Word && literal.Is("null"));
    }

    private static DateTimeOffset? ReadTime(string text) =>
        text.Contains('T') && DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzz00"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time) ? time : null;

    private static int Compare(IComparable? left, IComparable? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        _ => left.CompareTo(right),
    };
}
