using System.Text.Json.Serialization;

namespace Pipeline.Cli.Demo.Simulator;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Truth))]
[JsonSerializable(typeof(SimulatorProgress))]
[JsonSerializable(typeof(IReadOnlyList<TrueStory>))]
internal sealed partial class SimulatorJson : JsonSerializerContext;
