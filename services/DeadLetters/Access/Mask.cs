using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Pipeline.Contracts.Operations;

namespace Pipeline.DeadLetters.Access;

/// <summary>
/// What readers see of a letter: everything that says what is wrong with it, and nothing that says who a person is. Of a body the
/// names and what kind each value is; the values only of fields that identify the object. Pure.
/// </summary>
public static partial class Mask
{
    private const string Hidden = "•••";
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly HashSet<string> Shown = new(StringComparer.Ordinal) { "source", "object_type", "native_id", "observed_at", "deleted", "account_id", "by", "system", "account_support_id", "parent_id" };

    public static DeadLetterLine Line(DeadLetterLine line) => line with { Sentence = Text(line.Sentence), WaitedFor = Text(line.WaitedFor), NativeId = Text(line.NativeId), AccountId = Text(line.AccountId), FateDetail = Text(line.FateDetail), Answer = Text(line.Answer) };

    public static DeadLetterReport Report(DeadLetterReport report) => report with
    {
        Letter = Line(report.Letter),
        Headers = report.Headers.ToDictionary(header => header.Key, header => Text(header.Value)),
        Body = report.Body is { } body ? Body(body) : null,
        BodyBase64 = null,
        Replays = [.. report.Replays.Select(replay => replay with { Detail = Text(replay.Detail) })],
    };

    /// <summary>Email addresses without the person: <c>•••@example.com</c>.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text) => text is null ? null : Address().Replace(text, match => $"{Hidden}@{match.Groups["domain"].Value}");

    /// <summary>A report with every email address in it hidden.</summary>
    public static T Whole<T>(T report, JsonTypeInfo<T> type) where T : class => JsonSerializer.Deserialize(Text(JsonSerializer.Serialize(report, type)), type)!;

    /// <summary>A body with its values hidden; what is no JSON is hidden as a whole.</summary>
    public static string Body(string body)
    {
        try
        {
            return JsonNode.Parse(body) is { } root ? Masked(root, null)?.ToJsonString(Writing) ?? "null" : "null";
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return Hidden;
        }
    }

    private static JsonNode? Masked(JsonNode? node, string? name) => node switch
    {
        JsonObject fields => new JsonObject(fields.ToList().Select(field => KeyValuePair.Create(Text(field.Key), Masked(field.Value, field.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => Masked(item, name))]),
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.DeepClone(),
        JsonValue value when name is not null && Shown.Contains(name) => value.GetValueKind() == JsonValueKind.String ? Text(value.GetValue<string>()) : value.DeepClone(),
        JsonValue value => value.GetValueKind() == JsonValueKind.Number ? $"{Hidden} (a number)" : Hidden,
        _ => null,
    };

    [GeneratedRegex(@"[^\s@'""<>:,;]+@(?<domain>[^\s@'""<>,;]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
