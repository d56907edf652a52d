using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Cli.Screens;

/// <summary>The body of a dead letter as a person can read it: JSON laid out, text as it is, anything else as the head of a hex dump.</summary>
public static class LetterBody
{
    private const int MostText = 4 * 1024;
    private const int MostBytes = 256;
    private const int BytesALine = 16;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions LaidOut = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(byte[] body)
    {
        if (body.Length == 0) return "(the body is empty)";
        if (Text(body) is not { } text) return Hex(body);
        var shown = Json(body) ?? text;
        return shown.Length <= MostText ? Shown.SafeLines(shown) : $"{Shown.SafeLines(shown[..MostText])}\n... {body.Length} bytes in all; --json gives the whole body";
    }

    /// <summary>The body as text, or null where it is not UTF-8.</summary>
    public static string? Text(byte[] body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, LaidOut)) document.WriteTo(writer);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Hex(byte[] body)
    {
        var dump = new StringBuilder().Append(CultureInfo.InvariantCulture, $"(not text; {body.Length} bytes)");
        foreach (var (index, row) in body.Take(MostBytes).Chunk(BytesALine).Index())
        {
            var signs = string.Concat(row.Select(value => value is >= 0x20 and < 0x7f ? (char)value : '.'));
            dump.Append(CultureInfo.InvariantCulture, $"\n{index * BytesALine:x8}  {string.Join(' ', row.Select(value => value.ToString("x2", CultureInfo.InvariantCulture))),-47}  {signs}");
        }

        return body.Length > MostBytes ? dump.Append("\n...").ToString() : dump.ToString();
    }
}
