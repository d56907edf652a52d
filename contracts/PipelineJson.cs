using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Contracts;

/// <summary>How messages look on the wire: plain JSON in snake_case, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountDiscovered))]
[JsonSerializable(typeof(ChildObjectReceived))]
[JsonSerializable(typeof(UserMapped))]
[JsonSerializable(typeof(AccountAdmitted))]
[JsonSerializable(typeof(AccountRefused))]
[JsonSerializable(typeof(AccountWithdrawn))]
[JsonSerializable(typeof(ChildObjectAccepted))]
[JsonSerializable(typeof(ChildObjectDeadLettered))]
public sealed partial class PipelineJson : JsonSerializerContext
{
    /// <summary>The context to write with: text stays readable, not escaped to ASCII, for none of it is put into a page as it is.</summary>
    public static PipelineJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
