namespace Pipeline.Contracts.Spelling;

/// <summary>
/// Why two texts that are not the same look as if they were meant to be. The list is closed and the codes are stable. A rule
/// explains; it never joins: nothing is compared, stored or attached by it.
/// </summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Sentence">What differs, and what to beware of.</param>
public sealed record NearMissRule(string Code, string Sentence)
{
    public static readonly NearMissRule WhiteSpace = new("white_space",
        "They differ in white space: before, after or within the text, a no-break space among it.");

    public static readonly NearMissRule ZeroWidth = new("zero_width",
        "They differ in characters that are not seen: zero-width characters, soft hyphens, marks of direction, controls.");

    public static readonly NearMissRule UnicodeForm = new("unicode_form",
        "They are written with other code points for the same characters: an accent as a mark of its own, a full-width letter, a ligature.");

    public static readonly NearMissRule Case = new("case",
        "They differ in upper and lower case. Beware: in some systems ids that differ only in case are two records, and both may be right.");

    public static readonly NearMissRule TrailingZeroFraction = new("trailing_zero_fraction",
        "One ends with a fraction of zeros, as a program writes a whole number that it keeps as a decimal one.");

    public static readonly NearMissRule LeadingZeros = new("leading_zeros",
        "They differ in zeros before a number, as when a table takes an id for a number.");

    public static readonly NearMissRule Exponent = new("exponent",
        "One is the other written with an exponent, as spreadsheets write long numbers. Beware: digits that were rounded away are lost.");

    public static readonly NearMissRule CaseChecksum = new("case_checksum",
        "They are the 15- and the 18-character form of one record id: the last three characters say which letters are upper case, and they are right.");

    public static readonly NearMissRule ConfusableLetters = new("confusable_letters",
        "They are written with letters of other scripts that look the same, as a Cyrillic and a Latin A.");

    public static readonly NearMissRule NullWord = new("null_word",
        "It is a word that says that there is none: the source writes a word where it has no id.");

    /// <summary>
    /// Every rule there is. Where one rule alone explains a pair, the first such in this order is told: so a no-break space is
    /// white space, though a Unicode form would explain it too.
    /// </summary>
    public static IReadOnlyList<NearMissRule> All { get; } =
        [WhiteSpace, ZeroWidth, UnicodeForm, Case, TrailingZeroFraction, LeadingZeros, Exponent, CaseChecksum, ConfusableLetters, NullWord];

    /// <summary>The rules that two texts can be compared by; what is left is told of one text alone.</summary>
    public static IReadOnlyList<NearMissRule> OfPairs { get; } = [.. All.Where(rule => rule != NullWord)];

    /// <summary>The rule with this code, or null where the code is not one of ours.</summary>
    public static NearMissRule? Find(string? code) => code is null ? null : All.FirstOrDefault(rule => rule.Code == code);

    public override string ToString() => Code;
}
