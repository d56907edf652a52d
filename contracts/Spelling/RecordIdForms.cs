namespace Pipeline.Contracts.Spelling;

/// <summary>
/// Record ids of 15 letters and digits, in which case counts, and their form of 18, in which it does not need to: each of the
/// last three characters says of five of the others which are upper case. Source: the documentation of the system that has them.
/// </summary>
internal static class RecordIdForms
{
    private const int Short = 15;
    private const int Long = 18;
    private const string Signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"; // the sign of a number of five bits

    /// <summary>The three characters that an id of 15 is extended by.</summary>
    public static string Checksum(ReadOnlySpan<char> shortForm) => string.Create(3, shortForm, static (checksum, id) =>
    {
        for (var i = 0; i < checksum.Length; i++) checksum[i] = Signs[UpperCase(id.Slice(i * 5, 5))];
    });

    public static bool IsShort(string text) => text.Length == Short && IsId(text);

    /// <summary>An id of 18 without its checksum, where that is right for its own letters; else null.</summary>
    public static string? ShortOf(string text, bool caseBlind) =>
        IsLong(text) && text[Short..].Equals(Checksum(text.AsSpan(0, Short)), Comparison(caseBlind)) ? text[..Short] : null;

    /// <summary>Whether the 18 extend this id of 15, though they may have lost their own case.</summary>
    public static bool Extends(string text, string shortForm) =>
        IsLong(text) && IsShort(shortForm) && text[Short..].Equals(Checksum(shortForm), StringComparison.OrdinalIgnoreCase) && text.StartsWith(shortForm, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first 15 where some casing of them has the last three as its checksum; else the text. For texts that are folded to one case.</summary>
    public static string WithoutChecksum(string text)
    {
        if (!IsLong(text)) return text;
        for (var i = 0; i < 3; i++)
        {
            var bits = Signs.IndexOf(char.ToUpperInvariant(text[Short + i]), StringComparison.Ordinal);
            if (bits < 0 || (bits & ~Letters(text.AsSpan(i * 5, 5))) != 0) return text;
        }

        return text[..Short];
    }

    private static bool IsLong(string text) => text.Length == Long && IsId(text);

    private static bool IsId(string text) => text.All(char.IsAsciiLetterOrDigit);

    private static int UpperCase(ReadOnlySpan<char> five) => Bits(five, char.IsAsciiLetterUpper);

    private static int Letters(ReadOnlySpan<char> five) => Bits(five, char.IsAsciiLetter);

    private static int Bits(ReadOnlySpan<char> five, Func<char, bool> isSet)
    {
        var bits = 0;
        for (var i = 0; i < five.Length; i++)
            if (isSet(five[i])) bits |= 1 << i;
        return bits;
    }

    private static StringComparison Comparison(bool caseBlind) => caseBlind ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
