using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Pipeline.Contracts;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>JSON Schemas of the contracts: their shape from the serialiser, their meaning from the XML comments.</summary>
internal static class Schemas
{
    private static readonly Dictionary<Type, string> Written = new()
    {
        [typeof(AccountId)] = "AccountId", [typeof(Claim)] = "Claim", [typeof(ClaimKind)] = "ClaimKind", [typeof(Link)] = "Link", [typeof(StatedReason)] = "StatedReason",
    };

    private static readonly Dictionary<Type, string> Read = new()
    {
        [typeof(StatedAccountId)] = "StatedAccountId", [typeof(AccountId)] = "RequiredAccountId", [typeof(Claim)] = "StatedClaim", [typeof(ClaimKind)] = "ClaimKind", [typeof(Link)] = "StatedLink",
    };

    /// <summary>Every schema of the document by its name: the messages, then what they are made of.</summary>
    public static JsonObject All()
    {
        var all = new JsonObject();
        foreach (var message in Message.All) all[message.Type.Name] = Of(message.Type, message.IsRead);
        all["StatedAccountId"] = ReaderRules.StatedAccountId();
        all["RequiredAccountId"] = ReaderRules.RequiredAccountId();
        all["StatedClaim"] = ReaderRules.OnlyByIsRequired(Of(typeof(Claim), isRead: true));
        all["StatedLink"] = Of(typeof(Link), isRead: true);
        all["AccountId"] = new JsonObject { ["description"] = Summaries.Of(typeof(AccountId)), ["type"] = "string", ["pattern"] = ReaderRules.NotBlank };
        all["Claim"] = Of(typeof(Claim), isRead: false);
        all["Link"] = Of(typeof(Link), isRead: false);
        all["StatedReason"] = Of(typeof(StatedReason), isRead: false);
        all["ClaimKind"] = Kinds();
        all["ReasonCode"] = ReasonCodes();
        return all;
    }

    private static JsonObject Of(Type type, bool isRead)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transformed(context, node, isRead),
        };
        return PipelineJson.Wire.Options.GetJsonSchemaAsNode(type, options).AsObject();
    }

    private static JsonNode Transformed(JsonSchemaExporterContext context, JsonNode node, bool isRead)
    {
        var type = context.TypeInfo.Type;
        var names = isRead ? Read : Written;
        if (context.Path.IsEmpty) return Described(node, Summaries.Of(type));
        var schema = names.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var name) ? Reference(name) : node;
        if (context.PropertyInfo is not { AttributeProvider: System.Reflection.MemberInfo property } wire) return schema;
        if (property.Name is nameof(StatedReason.Code) or nameof(ChildObjectDeadLettered.Reason)) schema = Reference("ReasonCode");
        return Described(isRead ? ReaderRules.AsRead(wire, schema) : Tidied(schema), Summaries.Of(property));
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>What is null is not written, so outsiders never see it.</summary>
    private static JsonNode Tidied(JsonNode schema)
    {
        if (schema is not JsonObject json) return schema;
        _ = json.Remove("default");
        if (json["type"] is JsonArray types) json["type"] = types.Select(type => type!.GetValue<string>()).Single(type => type != "null");
        return json;
    }

    /// <summary>A reference stands alone in JSON Schema draft 7: beside others it would hide them.</summary>
    private static JsonObject Described(JsonNode schema, string? description)
    {
        var described = new JsonObject { ["description"] = description };
        if (schema is JsonObject json && json.ContainsKey("$ref")) described["allOf"] = new JsonArray(json);
        else if (schema is JsonObject whole)
            foreach (var (name, value) in whole) described[name] = value?.DeepClone();
        return described;
    }

    private static JsonObject Kinds()
    {
        var kinds = Enum.GetValues<ClaimKind>();
        var meanings = kinds.Select(kind => KeyValuePair.Create(ClaimNames.Of(kind), (JsonNode?)Summaries.Of(typeof(ClaimKind).GetField(kind.ToString())!)));
        return new JsonObject
        {
            ["description"] = Summaries.Of(typeof(ClaimKind)),
            ["type"] = "string",
            ["enum"] = new JsonArray([.. kinds.Select(kind => (JsonNode)ClaimNames.Of(kind))]),
            ["x-meanings"] = new JsonObject(meanings),
        };
    }

    private static JsonObject ReasonCodes() => new()
    {
        ["description"] = Summaries.Of(typeof(Reason)),
        ["type"] = "string",
        ["enum"] = new JsonArray([.. Reason.All.Select(reason => (JsonNode)reason.Code)]),
        ["x-sentences"] = new JsonObject(Reason.All.Select(reason => KeyValuePair.Create(reason.Code, (JsonNode?)reason.Sentence))),
    };
}
