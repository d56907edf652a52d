using Microsoft.Extensions.Hosting;
using Pipeline.DeadLetters;

namespace Pipeline.Benchmarks.Peers.Pipeline;

/// <summary>This project's office, as it ships.</summary>
internal sealed class PipelineOffice : IServed
{
    /// <summary>For a run on loopback that ends with its data.</summary>
    public const string Key = "benchmark";

    public string Role => "pipeline-office";

    public IHost Build(Addresses addresses) => DeadLettersService.Build(
        [$"--PIPELINE_RABBITMQ={addresses.Broker}", $"--PIPELINE_POSTGRES={addresses.Database}", $"--urls={addresses.Http}", "--Logging:LogLevel:Default=Warning", $"--PIPELINE_KEY={Key}"]);
}
