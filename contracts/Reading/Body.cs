using System.Text;
using System.Text.Json;

namespace Pipeline.Contracts.Reading;

/// <summary>The first look at a body: is it one storable JSON object of a bearable size?</summary>
public static class Body
{
    /// <summary>The largest body that is read, in bytes: 1 MiB. The broker carries more, but one message must not push a thousand others aside.</summary>
    public const int MaximumSize = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <summary>Parses the body into a document, which the caller disposes of; or says why not.</summary>
    public static Read<JsonDocument> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaximumSize) return Refuse(Reason.MessageTooLarge, $"The body has {body.Length} bytes.");
        var text = WithoutByteOrderMark(body);
        if (text.IsEmpty) return Refuse(Reason.MessageUnreadable, "The body is empty.");

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Strict);
        }
        catch (JsonException exception)
        {
            return Refuse(Reason.MessageUnreadable, $"Not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }

        var refusal = document.RootElement.ValueKind != JsonValueKind.Object
            ? Refuse(Reason.MessageInvalid, $"The body is a JSON {Name(document.RootElement.ValueKind)}, not an object.")
            : Unstorable(text.Span, document.RootElement);
        if (refusal is null) return document;
        document.Dispose();
        return refusal;
    }

    internal static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Undefined => "nothing",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static Refusal Refuse(Reason reason, string detail) => new(reason, detail);

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    /// <summary>
    /// PostgreSQL stores every Unicode text but NUL, and half a surrogate pair is no text at all. Both can only be written as
    /// <c>\u</c> escapes, so bodies without them, nearly all, are not walked.
    /// </summary>
    private static Refusal? Unstorable(ReadOnlySpan<byte> text, JsonElement root)
    {
        if (text.IndexOf("\\u0000"u8) < 0 && text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0) return null;
        return FindUnstorable(root, "") is { } path
            ? new Refusal(Reason.MessageInvalid, $"The text at {(path.Length == 0 ? "the root" : path)} holds a NUL character or half a surrogate pair.")
            : null;
    }

    private static string? FindUnstorable(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Storable(() => element.GetString()) ? null : path;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, index) => FindUnstorable(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (!Storable(() => property.Name)) return path;
                    if (FindUnstorable(property.Value, $"{path}.{property.Name}") is { } found) return found;
                }

                return null;
            default:
                return null;
        }
    }

    private static bool Storable(Func<string?> text)
    {
        try
        {
            return text()?.Contains('\0') != true;
        }
        catch (InvalidOperationException)
        {
            return false; // System.Text.Json's word for half a surrogate pair
        }
    }
}
