using System.Text;
using System.Text.Json;

namespace Pipeline.Connectors;

/// <summary>The raw bytes of a delivery, which are what was signed, and their reading.</summary>
public sealed class WebhookBody(ReadOnlyMemory<byte> bytes)
{
    private JsonElement? _json;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <exception cref="UnknownShapeException">The body is not JSON.</exception>
    public JsonElement Json => _json ??= Parse();

    /// <summary>The first value of a field of a form (application/x-www-form-urlencoded), as <c>payload[customer][id]</c>; null where there is none.</summary>
    public string? Form(string name)
    {
        foreach (var pair in Encoding.UTF8.GetString(bytes.Span).Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length == 2 && Decode(parts[0]) == name) return Decode(parts[1]);
        }

        return null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private JsonElement Parse()
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(bytes.Span);
        }
        catch (JsonException)
        {
            throw new UnknownShapeException("The body is not JSON.");
        }
    }
}
