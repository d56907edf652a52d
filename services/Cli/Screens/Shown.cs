using System.Buffers;
using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>How values look, the same on every screen.</summary>
public static class Shown
{
    private static readonly SearchValues<char> Line = SearchValues.Create("\n\t");

    /// <summary>
    /// Ids and texts come from outside. Control characters in them are shown, not obeyed: an escape sequence in a native id must not
    /// draw on the operator's terminal, nor a line break make a second row.
    /// </summary>
    public static string Safe(string? text) => Visible(text ?? "", SearchValues.Create(""));

    /// <summary>The same for a text of many lines.</summary>
    public static string SafeLines(string text) => Visible(text.Replace("\r\n", "\n", StringComparison.Ordinal), Line);

    public static Text Cell(string? text, Style? style = null) => new(Safe(text), style);

    public static Text Number(long number, Style? style = null) => new(number.ToString(CultureInfo.InvariantCulture), number == 0 ? Styles.Quiet : style);

    public static Text Time(DateTimeOffset at) => new(Moment(at));

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An object by what of its name is known.</summary>
    public static string Named(params string?[] parts) => string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>12s, 03:20, 5h 12m, 3d 4h.</summary>
    public static string Age(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds)) switch
    {
        { TotalSeconds: < 60 } time => $"{time.Seconds}s",
        { TotalHours: < 1 } time => $"{time.Minutes}m {time.Seconds}s",
        { TotalDays: < 1 } time => $"{time.Hours}h {time.Minutes}m",
        var time => $"{(int)time.TotalDays}d {time.Hours}h",
    };

    /// <summary><c>account_refused 3, message_invalid 1</c>: the most frequent first.</summary>
    public static string Counts(IReadOnlyDictionary<string, long> counts) => string.Join(", ", counts.Where(count => count.Value != 0)
        .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{Safe(count.Key)} {count.Value}"));

    /// <summary><c>1 key</c>, <c>2 keys</c>.</summary>
    public static string Many(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    public static IRenderable Heading(string text) => new Text(text, Styles.Heading);

    private static string Visible(string text, SearchValues<char> kept)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var sign in text)
            if (!kept.Contains(sign) && (char.IsControl(sign) || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
            else shown.Append(sign);
        return shown.ToString();
    }
}

/// <summary>The few styles there are. A meaning never rests on a colour alone.</summary>
public static class Styles
{
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    public static Style Quiet { get; } = new(Color.Grey);

    /// <summary>The part of a bar that is still to come.</summary>
    public static Style Faint { get; } = new(Color.Grey30);

    public static Style Good { get; } = new(Color.Green);

    public static Style Waiting { get; } = new(Color.Yellow);

    public static Style Bad { get; } = new(Color.Red);
}
