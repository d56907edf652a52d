using Microsoft.Extensions.Hosting;

namespace Pipeline.Hosting.Broker;

/// <summary>Declares the topology before anything else uses the broker, and waits for the broker as long as it takes.</summary>
internal sealed class BrokerStart(BrokerConnection broker) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await (await broker.OpenChannelAsync(null, cancellationToken)).DisposeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
