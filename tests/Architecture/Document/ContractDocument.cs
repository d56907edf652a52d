using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>The AsyncAPI 3 document of the pipeline, made from its contracts.</summary>
internal static class ContractDocument
{
    public const string File = "contracts/asyncapi.yaml";
    public const string AmqpBinding = "0.3.0";

    private const string Head = "# Made from the records in this folder by tests/Architecture; a test compares. Change the records, not this file.\n";

    public static string Text() => Head + Yaml.Of(Whole());

    private static JsonObject Whole() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = Info(),
        ["defaultContentType"] = "application/json",
        ["channels"] = Named(Message.All, message => message.Exchange, Channel, (DeadLetterQueue.Name, DeadLetters.Channel())),
        ["operations"] = Named(Message.All, message => $"{(message.IsRead ? "receive" : "send")}-{message.Exchange}", Operation, ($"send-{DeadLetterQueue.Name}", DeadLetterOperation())),
        ["components"] = new JsonObject
        {
            ["messages"] = Named(Message.All, message => message.Name, message => message.Described(), ("DeadLetter", DeadLetters.Message())),
            ["schemas"] = WithHeaders(Schemas.All()),
        },
    };

    private static JsonObject Info() => new()
    {
        ["title"] = "Account synchronisation pipeline",
        ["version"] = "1.0.0",
        ["description"] = "Objects of many systems tied to one account. Publish with any AMQP 0-9-1 client: a JSON object in UTF-8 of at most "
            + $"{Body.MaximumSize} bytes and {Body.MaximumDepth} levels, persistent, with publisher confirms. The routing key does not matter. Fields that are not listed are ignored; "
            + "a key that is there twice, a NUL character or half a surrogate pair makes the message invalid. The property message_id is kept where it is given, and never required. "
            + "Operations are seen from the pipeline: it receives what outsiders publish, and sends what it decides.",
    };

    private static JsonObject Channel(Message message) => new()
    {
        ["address"] = message.Exchange,
        ["messages"] = new JsonObject { [message.Name] = Reference($"components/messages/{message.Name}") },
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = message.Exchange, ["type"] = "fanout", ["durable"] = true, ["autoDelete"] = false },
                ["bindingVersion"] = AmqpBinding,
            },
        },
    };

    private static JsonObject Operation(Message message) => Operation(message.IsRead ? "receive" : "send", message.Exchange, Summaries.Of(message.Type));

    private static JsonObject DeadLetterOperation() => Operation("send", DeadLetterQueue.Name, "Puts a message that could not be used where operators find it.");

    private static JsonObject Operation(string action, string channel, string? summary) => new()
    {
        ["action"] = action,
        ["channel"] = Reference($"channels/{channel}"),
        ["summary"] = summary,
        ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["deliveryMode"] = 2, ["bindingVersion"] = AmqpBinding } },
    };

    private static JsonObject WithHeaders(JsonObject schemas)
    {
        schemas["TraceHeaders"] = new JsonObject
        {
            ["description"] = "Headers that are honoured where they are given, and never required.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["traceparent"] = new JsonObject { ["description"] = "W3C trace context, so that the trace goes on.", ["type"] = "string" },
                ["tracestate"] = new JsonObject { ["description"] = "W3C trace state.", ["type"] = "string" },
            },
        };
        return schemas;
    }

    private static JsonObject Named(IEnumerable<Message> messages, Func<Message, string> name, Func<Message, JsonObject> value, (string Name, JsonObject Value) last) =>
        new(messages.Select(message => KeyValuePair.Create(name(message), (JsonNode?)value(message))).Append(KeyValuePair.Create(last.Name, (JsonNode?)last.Value)));

    private static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };
}
