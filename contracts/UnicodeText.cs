using System.Buffers;
using System.Text;

namespace Pipeline.Contracts;

/// <summary>A .NET string may hold half a surrogate pair, which is no text: UTF-8, and so the wire and the database, cannot say it.</summary>
public static class UnicodeText
{
    public static bool Is(ReadOnlySpan<char> text)
    {
        for (var rest = text; ;)
        {
            var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0) return true;
            if (Rune.DecodeFromUtf16(rest[at..], out _, out var length) != OperationStatus.Done) return false;
            rest = rest[(at + length)..];
        }
    }

    /// <summary>At most this many characters and an ellipsis; no pair is cut in half.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var length = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{text.AsSpan(0, length)}…";
    }
}
