using System.Text.Json.Serialization;

namespace Pipeline.Connectors.Engine.Drift;

/// <summary>How a shape is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(FeedShape))]
public sealed partial class ShapeJson : JsonSerializerContext;
