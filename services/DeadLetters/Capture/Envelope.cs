using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using RabbitMQ.Client;

namespace Pipeline.DeadLetters.Capture;

/// <summary>
/// The properties of a message as JSON that loses none of their types, so that a message that is sent again is the message that
/// came. A text is a JSON text; whatever else a header may hold is an object of one member that names its type.
/// </summary>
public static class Envelope
{
    /// <summary>Header tables may lie in each other; deeper than this nobody has meant anything.</summary>
    private const int Deepest = 16;

    public static string Write(IReadOnlyBasicProperties properties)
    {
        var json = new JsonObject();
        Add("message_id", properties.IsMessageIdPresent(), properties.MessageId);
        Add("content_type", properties.IsContentTypePresent(), properties.ContentType);
        Add("content_encoding", properties.IsContentEncodingPresent(), properties.ContentEncoding);
        Add("correlation_id", properties.IsCorrelationIdPresent(), properties.CorrelationId);
        Add("reply_to", properties.IsReplyToPresent(), properties.ReplyTo);
        Add("type", properties.IsTypePresent(), properties.Type);
        Add("app_id", properties.IsAppIdPresent(), properties.AppId);
        if (properties.IsPriorityPresent()) json["priority"] = properties.Priority;
        if (properties.IsTimestampPresent()) json["timestamp"] = properties.Timestamp.UnixTime;
        if (properties.Headers is { Count: > 0 } headers) json["headers"] = Table(headers, 0);
        return json.ToJsonString();

        void Add(string name, bool isThere, string? value)
        {
            if (isThere) json[name] = Plain(value);
        }
    }

    /// <summary>The properties again. What belongs to one journey only is left out: a time to live, and who the broker saw publish it.</summary>
    public static BasicProperties Read(string envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        var root = document.RootElement;
        var properties = new BasicProperties { Persistent = true };
        if (Text("message_id") is { } messageId) properties.MessageId = messageId;
        if (Text("content_type") is { } contentType) properties.ContentType = contentType;
        if (Text("content_encoding") is { } encoding) properties.ContentEncoding = encoding;
        if (Text("correlation_id") is { } correlation) properties.CorrelationId = correlation;
        if (Text("reply_to") is { } replyTo) properties.ReplyTo = replyTo;
        if (Text("type") is { } type) properties.Type = type;
        if (Text("app_id") is { } app) properties.AppId = app;
        if (root.TryGetProperty("priority", out var priority)) properties.Priority = priority.GetByte();
        if (root.TryGetProperty("timestamp", out var timestamp)) properties.Timestamp = new AmqpTimestamp(timestamp.GetInt64());
        properties.Headers = root.TryGetProperty("headers", out var headers) ? Table(headers) : new Dictionary<string, object?>();
        return properties;

        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static JsonObject Table(IDictionary<string, object?> table, int depth)
    {
        var json = new JsonObject();
        foreach (var (name, value) in table) json[Plain(name)!] = Value(value, depth);
        return json;
    }

    private static JsonNode? Value(object? value, int depth) => value switch
    {
        null => null,
        byte[] bytes => Utf8.IsValid(bytes) && !bytes.AsSpan().Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : Typed("text_bytes", Convert.ToBase64String(bytes)),
        string text => Plain(text),
        BinaryTableValue binary => Typed("bytes", Convert.ToBase64String(binary.Bytes)),
        bool truth => Typed("bool", truth),
        sbyte number => Typed("i8", number),
        byte number => Typed("u8", number),
        short number => Typed("i16", number),
        ushort number => Typed("u16", number),
        int number => Typed("i32", number),
        uint number => Typed("u32", number),
        long number => Typed("i64", number),
        float number => Typed("f32", number.ToString("R", CultureInfo.InvariantCulture)),
        double number => Typed("f64", number.ToString("R", CultureInfo.InvariantCulture)),
        decimal number => Typed("decimal", number.ToString(CultureInfo.InvariantCulture)),
        AmqpTimestamp time => Typed("time", time.UnixTime),
        IDictionary<string, object?> table when depth < Deepest => Typed("table", Table(table, depth + 1)),
        IEnumerable<object?> list when depth < Deepest => new JsonArray([.. list.Select(item => Value(item, depth + 1))]),
        _ => null,
    };

    private static JsonObject Typed(string type, JsonNode? value) => new() { [type] = value };

    private static Dictionary<string, object?> Table(JsonElement json) => json.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value), StringComparer.Ordinal);

    private static object? Value(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) return json.GetString();
        if (json.ValueKind == JsonValueKind.Array) return json.EnumerateArray().Select(item => Value(item)).ToList();
        if (json.ValueKind != JsonValueKind.Object) return null;
        var typed = json.EnumerateObject().First();
        var value = typed.Value;
        return typed.Name switch
        {
            "text_bytes" => Convert.FromBase64String(value.GetString()!),
            "bytes" => new BinaryTableValue(Convert.FromBase64String(value.GetString()!)),
            "bool" => value.GetBoolean(),
            "i8" => value.GetSByte(),
            "u8" => value.GetByte(),
            "i16" => value.GetInt16(),
            "u16" => value.GetUInt16(),
            "i32" => value.GetInt32(),
            "u32" => value.GetUInt32(),
            "i64" => value.GetInt64(),
            "f32" => float.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "f64" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "decimal" => decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "time" => new AmqpTimestamp(value.GetInt64()),
            "table" => Table(value),
            _ => null,
        };
    }

    /// <summary>JSON in PostgreSQL has no NUL, and a JSON writer no half of a surrogate pair: both are shown as the replacement character.</summary>
    private static string? Plain(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
