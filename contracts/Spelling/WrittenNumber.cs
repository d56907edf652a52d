using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Contracts.Spelling;

/// <summary>A text that is a number, written as programs and spreadsheets write the number that they took an id for. Every digit counts: nothing goes through a double.</summary>
internal static class WrittenNumber
{
    // Without backtracking, so that no text of any length takes longer than its length.
    private static readonly Regex WithExponent = Pattern(@"\A(?<sign>-?)(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]+))?[eE](?<exponent>[+-]?[0-9]+)\z");
    private static readonly Regex WithZeroFraction = Pattern(@"\A(?<whole>-?[0-9]+)\.0+\z");
    private static readonly Regex WithLeadingZero = Pattern(@"\A(?<sign>-?)(?<whole>0[0-9]+)(?<fraction>\.[0-9]+)?\z");

    /// <summary>The largest exponent that a double, and so a spreadsheet, can have; beyond it a text is no number that somebody wrote.</summary>
    private const int LargestExponent = 308;

    /// <summary>1.23E+05 as 123000; any other text as it is.</summary>
    public static string WithoutExponent(string text)
    {
        if (WithExponent.Match(text) is not { Success: true } match || Exponent(match.Groups["exponent"].ValueSpan) is not { } exponent) return text;
        var (whole, fraction) = (match.Groups["whole"].Value, match.Groups["fraction"].Value);
        return match.Groups["sign"].Value + Plain(whole + fraction, whole.Length + exponent);
    }

    /// <summary>123.000 as 123; any other text as it is, 123.5 and 123000 among them.</summary>
    public static string WithoutZeroFraction(string text) => WithZeroFraction.Match(text) is { Success: true } match ? match.Groups["whole"].Value : text;

    /// <summary>00123 as 123 and 000 as 0; any other text as it is, A007 among them.</summary>
    public static string WithoutLeadingZeros(string text) =>
        WithLeadingZero.Match(text) is { Success: true } match ? match.Groups["sign"].Value + Whole(match.Groups["whole"].Value) + match.Groups["fraction"].Value : text;

    private static string Plain(string digits, int point)
    {
        if (point > digits.Length) digits = digits.PadRight(point, '0');
        if (point < 1) (digits, point) = (new string('0', 1 - point) + digits, 1);
        var fraction = digits[point..].TrimEnd('0');
        return Whole(digits[..point]) + (fraction.Length == 0 ? "" : $".{fraction}");
    }

    private static string Whole(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static int? Exponent(ReadOnlySpan<char> written)
    {
        var digits = written.TrimStart("+-").TrimStart('0');
        if (digits.Length > 3) return null;
        var size = digits.IsEmpty ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
        if (size > LargestExponent) return null;
        return written[0] == '-' ? -size : size;
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
}
