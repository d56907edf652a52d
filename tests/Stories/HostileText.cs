using System.Globalization;
using System.Text;

namespace Pipeline.Tests.Stories;

/// <summary>Account_ids as nobody should write them, and as somebody does: many that a careless comparison would take for each other.</summary>
public static class HostileText
{
    private static readonly string[] Pieces =
    [
        "A", "a", "АА", "Ä", "A\u0308", "ä", "0", "00", "1", "7", ".0", ".5", "E5", "e+2", " ", "  ", "\t", "\n", "\u00a0", "\u200b", "\ufeff", "\u00ad", "\uff21", "ß", "SS", "ﬁ", "fi", "İ", "i\u0307", "\"", "'", "''", "\\",
        "\\u0041", "$1", "%", "_", "null", "\ud83d\ude00", "\u202e", "\u0001", "\u007f", "‑", "-", "—", "{", "}", "[", ",", ";", "--", "/*", "☃",
    ];

    /// <param name="next">A number from zero to one below the given.</param>
    public static string Of(Func<int, int> next) => next(60) == 0
        ? string.Concat(Enumerable.Repeat(Pieces[next(Pieces.Length)], 10_000 / 4))
        : string.Concat(Enumerable.Range(0, 1 + next(6)).Select(_ => Pieces[next(Pieces.Length)]));

    /// <summary>The text, changed by as little as a person would not see.</summary>
    public static string Near(string text, Func<int, int> next) => next(9) switch
    {
        0 => text + " ",
        1 => " " + text,
        2 => text + ".0",
        3 => "0" + text,
        4 => text.ToUpperInvariant(),
        5 => text.ToLowerInvariant(),
        6 => text.Insert(Between(text, next(text.Length + 1)), "\u200b"),
        7 => text.Replace("Ä", "A\u0308", StringComparison.Ordinal),
        _ => text,
    };

    /// <summary>Not within a pair.</summary>
    private static int Between(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    /// <summary>A JSON text that says this, each sign plainly or by its code, as senders please.</summary>
    public static string Json(string text, Func<int, int> next)
    {
        var json = new StringBuilder("\"");
        foreach (var sign in text)
            if (sign is '"' or '\\' || sign < ' ' || char.IsSurrogate(sign) || next(4) == 0) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
            else json.Append(sign);
        return json.Append('"').ToString();
    }
}
