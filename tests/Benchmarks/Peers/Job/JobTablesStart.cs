using Microsoft.Extensions.Hosting;

namespace Pipeline.Benchmarks.Peers.Job;

/// <summary>Makes the tables before anything is read.</summary>
internal sealed class JobTablesStart(JobTables tables) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => tables.MakeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
