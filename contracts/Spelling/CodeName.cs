using System.Globalization;
using System.Text;

namespace Pipeline.Contracts.Spelling;

/// <summary>How a character is written out that its own shape would not tell.</summary>
internal static class CodeName
{
    /// <summary>Blocks of marks that sit on a letter of any script; marks of one script stay, for without them its words cannot be read.</summary>
    private static readonly (int First, int Last)[] Marks = [(0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)];

    /// <summary>The character in ⟨ ⟩, or null where it is seen as it is.</summary>
    public static string? Of(Rune rune, IReadOnlyCollection<NearMissRule> rules)
    {
        var point = rune.Value;
        if (Familiar(point) is { } name) return $"⟨{name}⟩";
        if (Unseen.IsWhite(point) || Unseen.IsZeroWidth(point) || IsOurs(point) || IsNoText(rune)) return $"⟨U+{point:X4}⟩";
        if (Array.Exists(Marks, block => point >= block.First && point <= block.Last)) return $"⟨U+{point:X4} MARK⟩";
        if (rules.Contains(NearMissRule.ConfusableLetters) && Confusable.LatinFor(point) is { } latin) return $"⟨U+{point:X4} {Letter(rune, latin)}⟩";
        return rules.Contains(NearMissRule.UnicodeForm) && UnicodeTables.Decomposition(point) is { Length: 1 } ? $"{rune}⟨U+{point:X4}⟩" : null;
    }

    private static string? Familiar(int point) => point switch
    {
        '\t' => "TAB",
        '\n' => "LF",
        '\r' => "CR",
        0x00A0 => "NBSP",
        0x00AD => "SHY",
        _ => null,
    };

    /// <summary>The signs that this class writes itself, so that no text can feign them.</summary>
    private static bool IsOurs(int point) => point is '␠' or '⟨' or '⟩';

    private static bool IsNoText(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    /// <summary>As "CYRILLIC small A": the Latin letter is the one that it looks like.</summary>
    private static string Letter(Rune rune, int latin)
    {
        var script = rune.Value switch { >= 0x0400 and <= 0x052F => "CYRILLIC", >= 0x0370 and <= 0x03FF => "GREEK", _ => "DOTLESS" };
        return $"{script} {(Rune.IsLower(rune) ? "small " : "")}{char.ToUpperInvariant((char)latin)}";
    }
}
