using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>
/// Bodies of every message that is read, each field of which takes many values in turn, and what the reader makes of them.
/// Left out is what JSON Schema cannot say (12345.0 is a whole number to it, 30 February a date) and what the reader does not look at.
/// </summary>
internal static class ReaderCases
{
    private static readonly string[] Values =
    [
        "null", "\"\"", "\" \\t\"", "\"\\u0085\"", "\"\\ufeff\"", "\"text\"", "\"a\\nb\"", "\"2026-11-24\"", "\"2026-11-24T09:30:00Z\"", "\"2026-11-24 09:30+0100\"",
        "\"2026-11-24T09:30:00Z\\n\"", "\"2026-11-24T09:30:00\"", "17", "-5", "1.5", "true", "false", "{}", "{\"a\":[1]}", "[]", "[null]", "[\"x\"]", "[1]", "[{}]",
        $"\"{new string('x', Fields.LongestName)}\"", $"\"{new string('x', Fields.LongestName + 1)}\"",
    ];

    private static readonly string[] Items = ["null", "\"\"", "\"text\"", "17", "1.5", "true", "{}", "\"email\"", "\"account_id\""];

    public static JsonArray All() => [.. Message.All.Where(message => message.IsRead).SelectMany(Of)];

    private static IEnumerable<JsonNode> Of(Message message)
    {
        var whole = Whole(message);
        foreach (var (field, _) in whole)
        {
            yield return Case(message, Changed(whole, json => json.Remove(field)));
            foreach (var value in Values) yield return Case(message, Changed(whole, json => json[field] = JsonNode.Parse(value)));
        }

        foreach (var body in WithItems(whole)) yield return Case(message, body);
    }

    private static IEnumerable<string> WithItems(JsonObject whole)
    {
        foreach (var value in Items)
        {
            if (whole.ContainsKey("links"))
            {
                yield return With("links", $$"""[{"system":{{value}},"native_id":"1"}]""");
                yield return With("links", $$"""[{"system":"desk","native_id":{{value}}}]""");
            }

            if (whole.ContainsKey("claims"))
            {
                yield return With("claims", $$"""[{"by":{{value}},"value":"x"}]""");
                yield return With("claims", $$"""[{"by":"account_id","value":{{value}}}]""");
                yield return With("claims", $$"""[{"by":"parent","value":{{value}},"system":"desk"}]""");
                yield return With("claims", $$"""[{"by":"parent","value":"x","system":{{value}}}]""");
            }
        }

        string With(string field, string value) => Changed(whole, json => json[field] = JsonNode.Parse(value));
    }

    /// <summary>The example with every field that the message has.</summary>
    private static JsonObject Whole(Message message)
    {
        var whole = JsonNode.Parse(message.Example)!.AsObject();
        foreach (var field in PipelineJson.Wire.Options.GetTypeInfo(message.Type).Properties) _ = whole.TryAdd(field.Name, null);
        return whole;
    }

    private static string Changed(JsonObject whole, Action<JsonObject> change)
    {
        var json = whole.DeepClone().AsObject();
        change(json);
        return json.ToJsonString();
    }

    private static JsonObject Case(Message message, string body) => new() { ["schema"] = message.Type.Name, ["body"] = body, ["accepted"] = IsTaken(message, body) };

    /// <summary>An account_id that is not text is readable, and refused by the one who decides: not taken, to a publisher.</summary>
    public static bool IsTaken(Message message, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return message.Exchange switch
        {
            Exchanges.AccountDiscovered => MessageReader.AccountDiscovered(bytes).Message is { AccountId.Refusal: null },
            Exchanges.ChildObjectReceived or Exchanges.UsageEventReceived => MessageReader.ChildObjectReceived(bytes).Message is { AccountId.Refusal: null },
            Exchanges.UserMapped => MessageReader.UserMapped(bytes).Message is not null,
            _ => throw new ArgumentException($"{message.Exchange} is not read.", nameof(message)),
        };
    }
}
