using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>The form of a value, so that values of one maker have one form. Pure.</summary>
internal static partial class ValuePattern
{
    public const string Digits = "digits";
    public const string Uuid = "uuid";
    private const int ShortestCode = 12;
    private const int LongestForm = 40;

    /// <summary>digits; uuid; code of N for letters and digits in no order, as hashes and native ids are; else runs of letters and digits as one A, a or 9 each: <c>ACME-12</c> is A-9.</summary>
    public static string Of(string value)
    {
        if (value.Length > 0 && value.All(char.IsAsciiDigit)) return Digits;
        if (UuidForm.IsMatch(value)) return Uuid;
        if (IsCode(value)) return $"code of {value.Length}";
        var form = new StringBuilder();
        foreach (var sign in value.Select(Class))
            if (form.Length == 0 || form[^1] != sign || !char.IsLetterOrDigit(sign)) form.Append(sign);
        return form.Length <= LongestForm ? form.ToString() : $"{form.ToString(0, LongestForm)}...";
    }

    /// <summary>Letters and digits change places often: a word with its number changes once.</summary>
    private static bool IsCode(string value)
    {
        if (value.Length < ShortestCode || !value.All(char.IsAsciiLetterOrDigit)) return false;
        return value.Zip(value.Skip(1)).Count(pair => char.IsAsciiDigit(pair.First) != char.IsAsciiDigit(pair.Second)) >= 3;
    }

    private static char Class(char sign) => char.IsDigit(sign) ? '9' : char.IsUpper(sign) ? 'A' : char.IsLetter(sign) ? 'a' : char.IsWhiteSpace(sign) ? ' ' : sign;

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UuidForm { get; }
}
