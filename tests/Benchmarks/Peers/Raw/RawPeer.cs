using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.Raw;

/// <summary>RabbitMQ.Client and Npgsql by hand: what this machine can do.</summary>
internal sealed class RawPeer : JobPeer
{
    public override string Name => "raw";

    public override string What => "RabbitMQ.Client and Npgsql by hand, no framework: the limit of this machine";

    public override int OneOf => 1;

    protected override void AddMessaging(HostApplicationBuilder builder, Addresses addresses) =>
        builder.Services.AddHostedService(services => new RawWorkers(addresses.Broker, services.GetRequiredService<JobTables>()));
}
