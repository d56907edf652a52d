using System.Globalization;
using System.Text;

namespace Pipeline.DeadLetters.Search;

/// <summary>
/// Reads what an operator types: <c>source:desk (type:ticket OR type:issue) -reason:account_refused "out of memory"</c>. Words side by
/// side must all be met; OR, NOT, - and parentheses are what they are elsewhere; a word without a field is a text to be found anywhere.
/// Pure and total: every text is read, or refused with the place and what to write.
/// </summary>
public sealed class SearchReader
{
    private const int Deepest = 20;
    private const int MostTerms = 100;

    private readonly List<Token> _tokens;
    private int _at;
    private int _terms;

    private SearchReader(List<Token> tokens) => _tokens = tokens;

    /// <returns>What is asked, or what is wrong with it; one of the two is null.</returns>
    public static (Criterion? Criterion, string? Mistake) Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (Criterion.Any, null);
        try
        {
            var reader = new SearchReader([.. Tokens(text)]);
            var criterion = reader.Any(0);
            return reader.Next is { } rest ? throw new MistakeException($"'{rest.Text}' at character {rest.Place + 1} closes nothing. Leave it out, or open a parenthesis before it.") : (criterion, null);
        }
        catch (MistakeException mistake)
        {
            return (null, mistake.Message);
        }
    }

    private Token? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private Criterion Any(int depth)
    {
        if (depth > Deepest) throw new MistakeException($"Parentheses lie more than {Deepest} deep.");
        var parts = new List<Criterion> { Every(depth) };
        while (Next is { IsWord: true, Text: "OR" })
        {
            _at++;
            parts.Add(Every(depth));
        }

        return parts.Count == 1 ? parts[0] : new Criterion.Either(parts);
    }

    private Criterion Every(int depth)
    {
        var parts = new List<Criterion>();
        while (Next is { } token && !(token.IsSign && token.Text == ")") && !(token.IsWord && token.Text == "OR"))
        {
            if (token is { IsWord: true, Text: "AND" }) _at++;
            else parts.Add(One(depth));
        }

        if (parts.Count == 0) throw new MistakeException(Next is { } where ? $"Before '{where.Text}' at character {where.Place + 1} something is missing." : "It ends where something should follow.");
        return parts.Count == 1 ? parts[0] : new Criterion.All(parts);
    }

    private Criterion One(int depth)
    {
        if (++_terms > MostTerms) throw new MistakeException($"It has more than {MostTerms} conditions.");
        var token = Next ?? throw new MistakeException("It ends where something should follow.");
        _at++;
        if (token is { IsWord: true, Text: "NOT" } or { IsSign: true, Text: "-" })
        {
            if (depth > Deepest) throw new MistakeException($"It is denied more than {Deepest} times.");
            return new Criterion.Not(One(depth + 1));
        }

        if (!token.IsSign) return Term(token);
        var inner = Any(depth + 1);
        if (Next is not { IsSign: true, Text: ")" }) throw new MistakeException($"The parenthesis at character {token.Place + 1} is not closed.");
        _at++;
        return inner;
    }

    private static Criterion Term(Token token)
    {
        if (token.Field is not { } name) return new Criterion.Says(token.Text);
        if (name is "after" or "before")
            return !DateTimeOffset.TryParse(token.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? throw new MistakeException($"'{token.Text}' is not a time. Write {name}:2026-11-24 or {name}:2026-11-24T09:30:00Z.")
                : name == "after" ? new Criterion.Since(time) : new Criterion.Before(time);
        var field = SearchField.Find(name) ?? throw new MistakeException(
            $"There is no field '{name}'. The fields are {string.Join(", ", SearchField.All.Select(known => known.Name))}, after, before; a text with a colon is put in quotes.");
        return new Criterion.Is(field, token.Text);
    }

    private static IEnumerable<Token> Tokens(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] is '(' or ')' or '-')
            {
                yield return new Token(at, text[at].ToString(), null, IsSign: true, IsWord: false);
                at++;
            }
            else
            {
                yield return Word(text, ref at);
            }
        }
    }

    private static Token Word(string text, ref int at)
    {
        var place = at;
        if (text[at] == '"') return new Token(place, Quoted(text, ref at), null, IsSign: false, IsWord: false);
        while (at < text.Length && !IsEnd(text[at]) && text[at] != ':') at++;
        var word = text[place..at];
        if (at == text.Length || text[at] != ':') return new Token(place, word, null, IsSign: false, IsWord: true);
        at++; // the colon
        if (at == text.Length || IsEnd(text[at])) throw new MistakeException($"After '{word}:' a value is missing.");
        var start = at;
        if (text[at] == '"') return new Token(place, Quoted(text, ref at), word, IsSign: false, IsWord: false);
        while (at < text.Length && !IsEnd(text[at])) at++;
        return new Token(place, text[start..at], word, IsSign: false, IsWord: false);
    }

    private static bool IsEnd(char sign) => char.IsWhiteSpace(sign) || sign is '(' or ')';

    /// <summary>A text in quotes; a backslash stands before a quote or a backslash that is meant.</summary>
    private static string Quoted(string text, ref int at)
    {
        var (start, value) = (at, new StringBuilder());
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return value.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            value.Append(text[at]);
        }

        throw new MistakeException($"The quote at character {start + 1} is not closed.");
    }

    /// <param name="Field">The name before the colon; null where there is none.</param>
    /// <param name="IsWord">Whether it could be AND, OR or NOT.</param>
    private sealed record Token(int Place, string Text, string? Field, bool IsSign, bool IsWord);

    private sealed class MistakeException(string message) : Exception(message);
}
