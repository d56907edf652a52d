using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Pipeline.Contracts.Reading;

/// <summary>The first look at a body: is it one storable JSON object of a bearable size?</summary>
public static class Body
{
    /// <summary>The largest body that is read, in bytes: 1 MiB. The broker carries more, but one message must not push a thousand others aside.</summary>
    public const int MaximumSize = 1024 * 1024;

    /// <summary>How deep objects and lists may lie in each other.</summary>
    public const int MaximumDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaximumDepth };

    /// <summary>Parses the body into a document, which the caller disposes of; or says why not.</summary>
    public static Read<JsonDocument> Parse(ReadOnlyMemory<byte> body)
    {
        var parsed = ParseJson(body);
        if (parsed.Message is not { } document || Unusable(document.RootElement) is not { } refusal) return parsed;
        document.Dispose();
        return refusal;
    }

    /// <summary>The body as JSON of any kind, whatever it holds.</summary>
    internal static Read<JsonDocument> ParseJson(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaximumSize) return Refuse(Reason.MessageTooLarge, $"The body has {body.Length} bytes.");
        var text = WithoutByteOrderMark(body);
        if (text.IsEmpty) return Refuse(Reason.MessageUnreadable, "The body is empty.");
        if (!Utf8.IsValid(text.Span)) return Refuse(Reason.MessageUnreadable, "The body is not UTF-8.");

        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException exception)
        {
            return Refuse(Reason.MessageUnreadable, $"Not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
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

    private static Refusal? Unusable(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Refuse(Reason.MessageInvalid, $"The body is a JSON {Name(root.ValueKind)}, not an object.");
        if (Flaw.Find(root) is not { } flaw) return null;
        return Refuse(Reason.MessageInvalid, flaw.Path.Length == 0 ? $"The body {flaw.What}." : $"The field {flaw.Path} {flaw.What}.");
    }
}
