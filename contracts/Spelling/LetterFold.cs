using System.Buffers;
using System.Text;

namespace Pipeline.Contracts.Spelling;

/// <summary>
/// Folds a text letter by letter, as far as the rules say: leaves out what is not seen, takes composed characters apart, and
/// writes each letter in one case and one script. Each step is repeated on what it gives, so that the order in which a text was
/// spoiled does not matter.
/// </summary>
internal sealed class LetterFold(IReadOnlyCollection<NearMissRule> rules)
{
    private readonly bool _white = rules.Contains(NearMissRule.WhiteSpace);
    private readonly bool _zeroWidth = rules.Contains(NearMissRule.ZeroWidth);
    private readonly bool _form = rules.Contains(NearMissRule.UnicodeForm);
    private readonly bool _case = rules.Contains(NearMissRule.Case);
    private readonly bool _confusable = rules.Contains(NearMissRule.ConfusableLetters);

    public string Of(string text)
    {
        if (!(_white || _zeroWidth || _form || _case || _confusable)) return text;
        var points = new List<int>(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            Add(points, isWhole ? rune.Value : rest[0]);
            rest = rest[length..];
        }

        if (_form) Order(points);
        return Text(points);
    }

    private void Add(List<int> points, int point)
    {
        if (IsLow(point) && points.Count > 0 && IsHigh(points[^1]))
        {
            // What stood between the halves of a pair was left out: now they are one character.
            point = char.ConvertToUtf32((char)points[^1], (char)point);
            points.RemoveAt(points.Count - 1);
        }

        if ((_white && Unseen.IsWhite(point)) || (_zeroWidth && Unseen.IsZeroWidth(point))) return;
        if (Written(point) is not { } others) points.Add(point);
        else foreach (var other in others) Add(points, other);
    }

    /// <summary>What the rules write in its place; null where it is as they want it.</summary>
    private int[]? Written(int point)
    {
        if (_form && UnicodeTables.Decomposition(point) is { } parts) return parts;
        if (_case && UnicodeTables.Folding(point) is { } folded) return folded;
        return _confusable && Confusable.LatinFor(point) is { } latin ? [latin] : null;
    }

    /// <summary>Marks after one letter that do not touch each other may be written in any order; here they stand in Unicode's own.</summary>
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && UnicodeTables.ClassOf(points[end]) > 0) end++;
            if (end - start > 1)
            {
                var ordered = points.GetRange(start, end - start).OrderBy(UnicodeTables.ClassOf).ToList();
                for (var i = 0; i < ordered.Count; i++) points[start + i] = ordered[i];
            }

            start = end;
        }
    }

    private static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (var point in points)
            if (point > char.MaxValue) text.Append(char.ConvertFromUtf32(point));
            else text.Append((char)point);
        return text.ToString();
    }

    private static bool IsHigh(int point) => point is >= 0xD800 and <= 0xDBFF;

    private static bool IsLow(int point) => point is >= 0xDC00 and <= 0xDFFF;
}
