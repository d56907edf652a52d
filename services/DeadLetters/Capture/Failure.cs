using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Contracts;

namespace Pipeline.DeadLetters.Capture;

/// <summary>
/// What failures have in common, so that two thousand letters are shown as the three mistakes that they are: the reason, who is
/// concerned, and the shape of what was seen. Pure.
/// </summary>
/// <param name="Key">The same for all that are alike.</param>
/// <param name="Shape">What was seen, with what differs from letter to letter taken out: <c>account_id AA-9</c> for every key of that form.</param>
public sealed partial record Failure(Guid Key, string Shape)
{
    private const int Longest = 300;

    public static Failure Of(Letter letter)
    {
        var shape = UnicodeText.Shorten(ShapeOf(letter), Longest);
        return new(StableId.Of(letter.Reason, letter.Source ?? "", letter.ObjectType ?? "", letter.SourceQueue, shape), shape);
    }

    private static string ShapeOf(Letter letter)
    {
        if (letter.WaitedFor is { } key) return KeyShape(key);
        var headers = letter.Delivery.Headers;
        if (headers.GetValueOrDefault("MT-Fault-ExceptionType") is { } exception)
            return $"{exception} {TopFrame(headers.GetValueOrDefault("MT-Fault-StackTrace"))}: {Normal(headers.GetValueOrDefault("MT-Fault-Message", ""))}";
        return Normal(Detail(letter));
    }

    /// <summary>What was seen this time: the sentence without the part that is the reason's own.</summary>
    private static string Detail(Letter letter)
    {
        var known = Reason.Find(letter.Reason)?.Sentence ?? "";
        return letter.Sentence.EndsWith(known, StringComparison.Ordinal) ? letter.Sentence[..^known.Length].Trim() : letter.Sentence;
    }

    /// <summary><c>parent desk AA-9</c>: the kind of key as it is, and of its value only what sort of signs it is made of.</summary>
    public static string KeyShape(string key)
    {
        var names = key.Split(' ', 3);
        var kept = ClaimNames.Find(names[0]) is ClaimKind.Parent && names.Length == 3 ? 2 : 1;
        var value = key[Math.Min(key.Length, string.Join(' ', names.Take(kept)).Length)..].TrimStart(' ');
        return $"{string.Join(' ', names.Take(kept))} {Signs(value)}".TrimEnd();
    }

    /// <summary>A run of one sort of sign is one sign; a word in which letters and digits take turns, as in a hexadecimal id, is one <c>#</c>.</summary>
    private static string Signs(string value)
    {
        var (shape, word) = (new StringBuilder(), new StringBuilder());
        foreach (var sign in value)
        {
            if (char.IsLetterOrDigit(sign))
            {
                var kind = char.IsDigit(sign) ? '9' : char.IsUpper(sign) ? 'A' : 'a';
                if (word.Length == 0 || word[^1] != kind) word.Append(kind);
                continue;
            }

            End();
            shape.Append(char.IsWhiteSpace(sign) ? '␣' : sign);
        }

        End();
        return shape.ToString();

        void End()
        {
            shape.Append(word.Length > 2 && word.ToString().Contains('9') ? "#" : word.ToString());
            word.Clear();
        }
    }

    /// <summary>A text without what differs from one message to the next: what is quoted, numbers, ids, email addresses.</summary>
    public static string Normal(string text) => Numbered().Replace(Address().Replace(Quoted().Replace(text, "'…'"), "…@…"), "#");

    private static string TopFrame(string? trace)
    {
        var line = (trace ?? "").Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal))?.Trim();
        return line is null ? "" : line.Split(" in ", 2)[0];
    }

    [GeneratedRegex("""'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^\s@]+@[^\s@]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"[\p{L}\p{Nd}_:-]*\p{Nd}[\p{L}\p{Nd}_:-]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbered();
}
