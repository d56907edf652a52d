using Microsoft.Extensions.Hosting;
using Pipeline.Gatekeeper;
using Pipeline.Hosting.Broker;

namespace Pipeline.Benchmarks.Peers.Pipeline;

/// <summary>This project's gatekeeper with one reader for each of the queues that children may come by.</summary>
internal sealed class PipelineOfTwoQueues : IServed
{
    public const string Name = "pipeline-of-two-queues";

    public string Role => Name;

    public IHost Build(Addresses addresses) => GatekeeperService.Build([.. PipelinePeer.Arguments(addresses), $"--Receivers:{BrokerTopology.Children}:Workers=1", $"--Receivers:{BrokerTopology.UsageEvents}:Workers=1"]);
}
