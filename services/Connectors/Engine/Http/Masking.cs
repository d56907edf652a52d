using System.Buffers;
using System.Text;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>Keeps secrets out of what a system's answer says about a failure: some systems quote the request.</summary>
public sealed class Masking(IReadOnlyList<Secret> secrets)
{
    private const int Longest = 300;

    private static readonly SearchValues<char> EndOfToken = SearchValues.Create(" \t\r\n\"'<>,;");

    private readonly string[] _hidden = [.. secrets.Select(secret => secret.Reveal()).Where(text => text.Length > 0).SelectMany(Spellings).Distinct()];

    public string Hide(string text) => _hidden.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));

    /// <summary>The start of an answer, without secrets, on one line.</summary>
    /// <param name="token">What proved the request; the system itself may have given it out.</param>
    public string Excerpt(string text, string? token = null)
    {
        var hidden = Hide(string.IsNullOrEmpty(token) ? text : text.Replace(token, "***", StringComparison.Ordinal));
        var line = string.Join(' ', WithoutAuthorization(hidden).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : $"{line.AsSpan(0, Longest)}…";
    }

    /// <summary>An older token, of which nothing is known any more, follows one of these words.</summary>
    private static string WithoutAuthorization(string text)
    {
        foreach (var scheme in (string[])["Bearer ", "Basic "])
        {
            for (var at = text.IndexOf(scheme, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(scheme, at + scheme.Length, StringComparison.OrdinalIgnoreCase))
            {
                var start = at + scheme.Length;
                var end = text.AsSpan(start).IndexOfAny(EndOfToken);
                text = $"{text.AsSpan(0, start)}***{(end < 0 ? "" : text.AsSpan(start + end))}";
            }
        }

        return text;
    }

    private static IEnumerable<string> Spellings(string secret) =>
        [secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))];
}
