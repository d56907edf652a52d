using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>Writes JSON as YAML that a person can read. Whatever might be taken for something else is quoted as in JSON, which is YAML too.</summary>
internal static partial class Yaml
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject document)
    {
        var yaml = new StringBuilder();
        Write(yaml, document, 0);
        return yaml.ToString();
    }

    private static void Write(StringBuilder yaml, JsonObject json, int indent)
    {
        foreach (var (name, value) in json)
        {
            yaml.Append(' ', indent).Append(Scalar(name)).Append(':');
            WriteValue(yaml, value, indent + 2);
        }
    }

    private static void WriteValue(StringBuilder yaml, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } json:
                yaml.Append('\n');
                Write(yaml, json, indent);
                break;
            case JsonArray { Count: > 0 } list when list.Any(item => item is JsonObject or JsonArray) || list.Count > 8:
                yaml.Append('\n');
                foreach (var item in list) WriteItem(yaml, item, indent);
                break;
            case JsonArray list:
                yaml.Append(" [").AppendJoin(", ", list.Select(Scalar)).Append("]\n");
                break;
            default:
                yaml.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    /// <summary>An item is written as any value, and its first line pulled up behind the dash.</summary>
    private static void WriteItem(StringBuilder yaml, JsonNode? item, int indent)
    {
        var inner = new StringBuilder();
        WriteValue(inner, item, indent + 2);
        yaml.Append(' ', indent).Append("- ").Append(inner.ToString().TrimStart('\n', ' '));
    }

    private static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue when value.GetValueKind() == JsonValueKind.String => Scalar(value.GetValue<string>()),
        _ => value.ToJsonString(Readable),
    };

    private static string Scalar(string text) => Plain.IsMatch(text) && !Reserved.IsMatch(text) ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"^[A-Za-z$][A-Za-z0-9_$./()'-]*( [A-Za-z0-9_$./()',;-]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain { get; }

    [GeneratedRegex("^(y|yes|n|no|on|off|true|false|null)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reserved { get; }
}
