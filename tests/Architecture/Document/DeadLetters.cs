using System.Reflection;
using System.Text.Json.Nodes;
using Pipeline.Contracts;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>The queue of the dead as AsyncAPI has it.</summary>
internal static class DeadLetters
{
    private static readonly string[] Always =
    [
        DeadLetterQueue.Headers.Id, DeadLetterQueue.Headers.Reason, DeadLetterQueue.Headers.Sentence,
        DeadLetterQueue.Headers.Exchange, DeadLetterQueue.Headers.SourceQueue, DeadLetterQueue.Headers.FirstSeen,
    ];

    /// <summary>Every header and what it means, in the order in which they are documented.</summary>
    public static IReadOnlyList<(string Name, string? Meaning)> Headers { get; } =
        [.. typeof(DeadLetterQueue.Headers).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((string)field.GetRawConstantValue()!, Summaries.Of(field)))];

    public static JsonObject Channel() => new()
    {
        ["address"] = DeadLetterQueue.Name,
        ["description"] = Summaries.Of(typeof(DeadLetterQueue)),
        ["messages"] = new JsonObject { ["DeadLetter"] = new JsonObject { ["$ref"] = "#/components/messages/DeadLetter" } },
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "queue",
                ["queue"] = new JsonObject { ["name"] = DeadLetterQueue.Name, ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false },
                ["bindingVersion"] = ContractDocument.AmqpBinding,
            },
        },
    };

    public static JsonObject Message() => new()
    {
        ["name"] = "DeadLetter",
        ["summary"] = "A message that could not be used: its body as it came, and in the headers why.",
        ["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(Headers.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)Header(header.Name, header.Meaning)))),
            ["required"] = new JsonArray([.. Always.Select(name => (JsonNode)name)]),
        },
        ["payload"] = new JsonObject { ["description"] = "The original body, byte for byte. It need not be JSON." },
    };

    private static JsonObject Header(string name, string? meaning)
    {
        var header = new JsonObject { ["description"] = meaning };
        if (name == DeadLetterQueue.Headers.Reason) header["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/schemas/ReasonCode" });
        else header["type"] = "string";
        if (name == DeadLetterQueue.Headers.Id) header["format"] = "uuid";
        if (name is DeadLetterQueue.Headers.FirstSeen or DeadLetterQueue.Headers.DiedAt) header["format"] = "date-time";
        return header;
    }
}
