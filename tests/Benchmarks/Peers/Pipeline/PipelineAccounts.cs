using Microsoft.Extensions.Hosting;
using Pipeline.SystemOfRecord;
using Pipeline.TestKit;

namespace Pipeline.Benchmarks.Peers.Pipeline;

/// <summary>This project's system of record, as it ships, with rules that let every account in.</summary>
internal sealed class PipelineAccounts : IServed
{
    public string Role => "pipeline-accounts";

    public IHost Build(Addresses addresses) => SystemOfRecordService.Build(
        [$"--PIPELINE_RABBITMQ={addresses.Broker}", $"--PIPELINE_POSTGRES={addresses.Database}", $"--urls={addresses.Http}", "--Logging:LogLevel:Default=Warning", $"--Rules:File={RulesFileOf.All("crm")}"]);
}
