using System.Buffers;
using System.Globalization;
using System.Text;

namespace Pipeline.Contracts.Spelling;

/// <summary>A text for the eye of a person who looks for the difference: what is not seen is written out, in ⟨ ⟩.</summary>
public static class Visible
{
    private const int Longest = 120;
    private const int Head = 70;
    private const int Tail = 40;

    /// <summary>
    /// The text with blanks at its ends, or beside each other, as ␠, and other unseen characters, marks and half pairs by their
    /// code point. The middle of a text of over 120 characters is cut, and its length told. Any text is taken.
    /// </summary>
    /// <param name="rules">What explains why it is shown: letters of another script, or of another form, are written out where the rule asks for it.</param>
    public static string Text(string text, IReadOnlyCollection<NearMissRule>? rules = null)
    {
        var shown = new StringBuilder();
        var (head, tail) = text.Length <= Longest ? (text.Length, text.Length) : (Cut(text, Head), Cut(text, text.Length - Tail));
        Append(shown, text, 0, head, rules ?? []);
        if (tail > head) shown.Append(CultureInfo.InvariantCulture, $"⟨… {tail - head} more …⟩");
        Append(shown, text, tail, text.Length, rules ?? []);
        return shown.ToString();
    }

    private static void Append(StringBuilder shown, string text, int from, int to, IReadOnlyCollection<NearMissRule> rules)
    {
        for (var at = from; at < to;)
        {
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at, to - at), out var rune, out var length) == OperationStatus.Done;
            if (!isWhole) shown.Append(Point(text[at]));
            else if (rune.Value == ' ') shown.Append(IsPlainGap(text, at) ? ' ' : '␠');
            else if (CodeName.Of(rune, rules) is { } name) shown.Append(name);
            else shown.Append(text, at, length);
            at += length;
        }
    }

    /// <summary>A blank between two things that are seen.</summary>
    private static bool IsPlainGap(string text, int at) =>
        at > 0 && at < text.Length - 1 && !Unseen.IsWhite(text[at - 1]) && !Unseen.IsWhite(text[at + 1]);

    private static string Point(int point) => $"⟨U+{point:X4}⟩";

    private static int Cut(string text, int at) => char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
}
