using System.Collections.Frozen;

namespace Pipeline.Contracts.Spelling;

/// <summary>Words that a source writes where it has no id. An object that names one waits for an account that will never come.</summary>
public static class NullWord
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        "", "null", "(null)", "<null>", "none", "n/a", "#n/a", "na", "nil", "undefined", "unknown", "nan", "missing", "empty", "blank", "void", "notset", "notavailable", "notapplicable",
        "-", "--", "---", "_", ".", "?", "??", "???", "()", "[]", "{}", "<>", "''", "\"\"", "[objectobject]", "#ref!", "#value!", "#null!", "tbd",
    ]);

    private static readonly LetterFold Letters = new([NearMissRule.WhiteSpace, NearMissRule.ZeroWidth, NearMissRule.UnicodeForm, NearMissRule.Case]);

    /// <summary>Whether the text is such a word, in any case and with any white space; text of white space alone is one too.</summary>
    public static bool Is(string text) => text.Length <= 64 && Words.Contains(Letters.Of(text));
}
