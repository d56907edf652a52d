using System.Text.Json.Serialization;
using Pipeline.SystemOfRecord.Admission;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>How cases travel from the records to the sagas of the same service.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CaseChanged))]
internal sealed partial class SagaJson : JsonSerializerContext;
