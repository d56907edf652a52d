using System.Text.Json.Nodes;
using Pipeline.Contracts;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>A message of the pipeline: which exchange carries it, in which direction, and what one looks like.</summary>
/// <param name="Type">Its record.</param>
/// <param name="Exchange">The exchange that it is published to.</param>
/// <param name="IsRead">Whether outsiders publish it and the pipeline reads it; otherwise the pipeline publishes it.</param>
/// <param name="Example">A body.</param>
internal sealed record Message(Type Type, string Exchange, bool IsRead, string Example)
{
    public static IReadOnlyList<Message> All { get; } =
    [
        new(typeof(AccountDiscovered), Exchanges.AccountDiscovered, IsRead: true, Examples.AccountDiscovered),
        new(typeof(ChildObjectReceived), Exchanges.ChildObjectReceived, IsRead: true, Examples.ChildObjectReceived),
        new(typeof(ChildObjectReceived), Exchanges.UsageEventReceived, IsRead: true, Examples.UsageEventReceived) { Name = "UsageEventReceived" },
        new(typeof(UserMapped), Exchanges.UserMapped, IsRead: true, Examples.UserMapped),
        new(typeof(AccountAdmitted), Exchanges.AccountAdmitted, IsRead: false, Examples.AccountAdmitted),
        new(typeof(AccountRefused), Exchanges.AccountRefused, IsRead: false, Examples.AccountRefused),
        new(typeof(AccountWithdrawn), Exchanges.AccountWithdrawn, IsRead: false, Examples.AccountWithdrawn),
        new(typeof(ChildObjectAccepted), Exchanges.ChildObjectAccepted, IsRead: false, Examples.ChildObjectAccepted),
        new(typeof(ChildObjectWithdrawn), Exchanges.ChildObjectWithdrawn, IsRead: false, Examples.ChildObjectWithdrawn),
        new(typeof(ChildObjectDeadLettered), Exchanges.ChildObjectDeadLettered, IsRead: false, Examples.ChildObjectDeadLettered),
    ];

    /// <summary>What the document lists it by: the record, but where two exchanges carry one.</summary>
    public string Name { get; init; } = Type.Name;

    /// <summary>The message as AsyncAPI has it.</summary>
    public JsonObject Described() => new()
    {
        ["name"] = Type.Name,
        ["summary"] = Summaries.Of(Type),
        ["contentType"] = "application/json",
        ["headers"] = new JsonObject { ["$ref"] = "#/components/schemas/TraceHeaders" },
        ["payload"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Type.Name}" },
        ["examples"] = new JsonArray(new JsonObject { ["name"] = Exchange, ["payload"] = JsonNode.Parse(Example) }),
    };
}
