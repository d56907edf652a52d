using System.Text.RegularExpressions;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

public enum SoqlTokenKind
{
    /// <summary>A name, keyword, number, date or time.</summary>
    Word,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>An operator, comma or parenthesis.</summary>
    Sign,
}

/// <param name="At">Where it starts in the query.</param>
public sealed partial record SoqlToken(SoqlTokenKind Kind, string Text, int At)
{
    public bool Is(string word) => Kind != SoqlTokenKind.Text && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The query's tokens; null where a character belongs to none.</summary>
    public static IReadOnlyList<SoqlToken>? Split(string query)
    {
        var tokens = new List<SoqlToken>();
        var at = 0;
        while (at < query.Length)
        {
            var match = Pattern().Match(query, at);
            if (!match.Success) return null;
            if (match.Groups["word"].Success) tokens.Add(new(SoqlTokenKind.Word, match.Value, at));
            else if (match.Groups["text"].Success) tokens.Add(new(SoqlTokenKind.Text, Unescape(match.Groups["text"].Value), at));
            else if (match.Groups["sign"].Success) tokens.Add(new(SoqlTokenKind.Sign, match.Value, at));
            at += match.Length;
        }

        return tokens;
    }

    private static string Unescape(string text) => text.Replace("\\'", "'").Replace("\\\\", "\\");

    [GeneratedRegex(@"\G(?:\s+|(?<word>[A-Za-z0-9_][A-Za-z0-9_.:+\-]*)|'(?<text>(?:[^'\\]|\\.)*)'|(?<sign>!=|<=|>=|[=<>,()]))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
