using System.Text.Json;

namespace Pipeline.Contracts.Reading;

/// <summary>
/// Finds who sent a body that cannot be read: the text of a top-level <c>source</c>, if it comes before whatever is wrong.
/// </summary>
public static class StatedSource
{
    /// <summary>How far into the body it looks, in bytes: senders write their name first, and a body may be very large.</summary>
    private const int Depth = 64 * 1024;

    /// <summary>The source that the body names, or null. Total: every sequence of bytes has an answer.</summary>
    public static string? Of(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span[..Math.Min(body.Length, Depth)], isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSource = reader.ValueTextEquals("source"u8);
                if (!reader.Read()) return null;
                if (isSource) return reader.TokenType == JsonTokenType.String && IsName(reader.GetString()) ? reader.GetString() : null;
                if (!reader.TrySkip()) return null;
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // what is wrong comes before the name
        }
    }

    private static bool IsName(string? text) => !string.IsNullOrWhiteSpace(text) && Fields.IsName(text);
}
