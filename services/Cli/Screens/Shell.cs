using System.Globalization;
using System.Text;

namespace Pipeline.Cli.Screens;

/// <summary>Texts as bash takes them, so that a command on the screen can be copied and says exactly what it means.</summary>
public static class Shell
{
    /// <summary>Plain where it can be, quoted where it must be; what is not ASCII is written by its code, for a copy may change what is not seen.</summary>
    public static string Quoted(string text)
    {
        if (text.Length > 0 && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.' or '@' or '/' or ':' or '+' or ',')) return text;
        if (text.All(sign => sign is >= ' ' and <= '~')) return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        var quoted = new StringBuilder("$'");
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\'' or '\\') quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value is >= ' ' and <= '~') quoted.Append((char)rune.Value);
            else quoted.Append(CultureInfo.InvariantCulture, $"{(rune.Value > 0xffff ? "\\U" : "\\u")}{rune.Value.ToString(rune.Value > 0xffff ? "x8" : "x4", CultureInfo.InvariantCulture)}");
        return quoted.Append('\'').ToString();
    }
}
